using System.Text.Json.Nodes;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Files;
using PlaybookBuilder.Web.Components.Prompts;

namespace PlaybookBuilder.Tests.Components.Prompts;

public sealed class FileUploadFormTests : PromptTestContext
{
    private static readonly FileUrl Counts = new("drs://here/1", "größe.csv", "9f86", 2_000_000);

    private readonly BunitJSModuleInterop _uploader;

    public FileUploadFormTests()
    {
        _uploader = JSInterop.SetupModule("./Components/Files/UploadZone.razor.js").SetupModule("attach", _ => true);
        _uploader.Mode = JSRuntimeMode.Loose;
        // They ask the database, and other servers.
        ComponentFactories.AddStub<UploadChooser>();
        ComponentFactories.AddStub<FileFromUrl>();
        ComponentFactories.AddStub<ProjectFileChooser>();
    }

    [Fact]
    public async Task Upload_FromBeginToEnd_ShowsProgressAndThenTheFile()
    {
        var form = RenderForm();

        await form.InvokeAsync(() => Zone(form).Begin(1, "größe.csv", 2_000_000));
        await form.InvokeAsync(() => Zone(form).Report(1, 500_000, "sending", null));
        Assert.Equal("25", form.Find("progress").GetAttribute("value"));
        Assert.Contains("500 kB of 2 MB", form.Find(".uploads li").TextContent);

        await form.InvokeAsync(() => Zone(form).EndAsync(1, Counts));
        Assert.Empty(form.FindAll("progress"));
        Assert.Equal("größe.csv", form.Find(".file .name").TextContent);
    }

    [Fact]
    public async Task Anonymous_IsLedToTheSignInAndBack_AndKeepsTheDraft()
    {
        Authorization.SetNotAuthorized();
        KeepDraft(new() { ["description"] = "airway" });
        Services.GetRequiredService<NavigationManager>().NavigateTo("graph/some/node/step?a=b");

        var form = RenderForm();

        Assert.Equal("account/signin?returnUrl=%2Fgraph%2Fsome%2Fnode%2Fstep%3Fa%3Db", form.Find("a.primary").GetAttribute("href"));
        Assert.Empty(form.FindAll("input[type=file]"));
        Assert.Empty(_uploader.Invocations);
        Assert.Equal("airway", form.Find("input[name=description]").GetAttribute("value"));
        // What the browser kept of an earlier upload stays in the draft.
        Assert.Single(form.FindAll("input[type=hidden][name=file]"));
    }

    [Fact]
    public async Task SignIn_ThatEndedMeanwhile_IsAskedForAgain()
    {
        var form = RenderForm();
        await form.InvokeAsync(() => Zone(form).Begin(1, "counts.csv", 10));

        await form.InvokeAsync(() => Zone(form).AskToSignInAsync());

        Assert.Contains("Your sign-in has ended", form.Markup);
        Assert.NotNull(form.Find("a.primary"));
        Assert.Empty(form.FindAll("progress"));
    }

    [Fact]
    public async Task Submit_Uploaded_GivesItsAddressChecksumAndDescription()
    {
        var form = RenderForm();
        await form.InvokeAsync(() => Zone(form).EndAsync(1, Counts));

        form.Find("input[name=description]").Input("airway");
        await form.Find("form").SubmitAsync();

        Assert.Equal(["""{"url":"drs://here/1","filename":"größe.csv","sha256":"9f86","size":2000000,"description":"airway"}"""], Submitted.Select(answer => System.Text.RegularExpressions.Regex.Unescape(answer)));
    }

    [Fact]
    public async Task Submit_WithoutFile_AsksForOne()
    {
        var form = RenderForm();

        await form.Find("form").SubmitAsync();

        Assert.Empty(Submitted);
        Assert.Contains("Choose a file.", form.Markup);
    }

    [Fact]
    public async Task Submit_WhileUploading_Waits()
    {
        var form = RenderForm();
        await form.InvokeAsync(() => Zone(form).Begin(1, "a", 0));

        await form.Find("form").SubmitAsync();

        Assert.Empty(Submitted);
        Assert.Equal("100", form.Find("progress").GetAttribute("value"));
    }

    [Fact]
    public async Task Cancel_Click_StopsTheBrowser()
    {
        var form = RenderForm();
        await form.InvokeAsync(() => Zone(form).Begin(1, "a", 10));

        form.FindAll("button").Single(button => button.TextContent.Contains("Cancel", StringComparison.Ordinal)).Click();
        await form.InvokeAsync(() => Zone(form).Drop(1));

        _uploader.VerifyInvoke("cancel");
        Assert.Empty(form.FindAll("progress"));
    }

    [Fact]
    public async Task Fail_WithReason_IsToldBesideTheField()
    {
        var form = RenderForm();

        await form.InvokeAsync(() => Zone(form).Begin(1, "a", 10));
        await form.InvokeAsync(() => Zone(form).Report(1, 5, "failed", "The file is too large."));

        Assert.Contains("too large", form.Find("li .pb-validation").TextContent);
        Assert.NotNull(form.Find("button[aria-label='Go on with a']"));
    }

    [Fact]
    public void Render_DraftOfAFinishedUpload_ShowsTheFile()
    {
        KeepDraft(new() { ["file"] = """{"url":"drs://here/1","filename":"kept.csv","size":3}""", ["description"] = "mine" });

        var form = RenderForm();

        Assert.Equal("kept.csv", form.Find(".file .name").TextContent);
        Assert.Equal("mine", form.Find("input[name=description]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("sending", "Pause a", "pause")]
    [InlineData("waiting", "Pause a", "pause")]
    [InlineData("paused", "Go on with a", "resume")]
    public async Task Click_AtAStage_TellsTheBrowser(string stage, string button, string call)
    {
        var form = RenderForm();
        await form.InvokeAsync(() => Zone(form).Begin(1, "a", 10));
        await form.InvokeAsync(() => Zone(form).Report(1, 5, stage, null));

        form.Find($"button[aria-label='{button}']").Click();

        _uploader.VerifyInvoke(call);
    }

    private static UploadZone Zone(IRenderedComponent<FileUploadForm> form) => form.FindComponent<UploadZone>().Instance;

    private IRenderedComponent<FileUploadForm> RenderForm() => Render<FileUploadForm>(form => form
        .Add(upload => upload.Prompt, TestCatalog.Instance.GetProcessType("Input[Gene]"))
        .Add(upload => upload.DraftKey, "step")
        .Add(upload => upload.Submit, Take));

    private Task<string?> Take(JsonNode answer)
    {
        Submitted.Add(answer.ToJsonString());
        return Task.FromResult<string?>(null);
    }
}
