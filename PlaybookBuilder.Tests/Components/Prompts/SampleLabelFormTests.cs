using System.Text.Json.Nodes;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Prompts;

namespace PlaybookBuilder.Tests.Components.Prompts;

public sealed class SampleLabelFormTests : PromptTestContext
{
    private const string Spec = "SomeSetT[Set[Gene]]";

    private readonly SampleSource _source = new();

    public SampleLabelFormTests() => Services.AddSingleton<ISampleReader>(_source);

    [Fact]
    public async Task Submit_AssignedByAnnotation_NamesTheGroups()
    {
        var form = RenderForm();

        await ClickAsync(form, "untrt: control");
        await ClickAsync(form, "größe: perturbation");
        await form.Find("form").SubmitAsync();

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"Type: Control or Perturbation":{"s1":"Control","s2":"Perturbation","s3":"Control"}}"""),
            JsonNode.Parse(Assert.Single(Submitted))));
    }

    [Theory]
    [InlineData("All shown: control", "at least one sample as perturbation")]
    [InlineData("All shown: perturbation", "at least one sample as control")]
    [InlineData("Clear shown", "at least one sample as control")]
    public async Task Submit_OneGroupOnly_AsksForTheOther(string button, string problem)
    {
        var form = RenderForm();

        await form.FindAll("button").Single(candidate => candidate.TextContent == button).ClickAsync();
        await form.Find("form").SubmitAsync();

        Assert.Empty(Submitted);
        Assert.Contains(problem, form.Find(".pb-validation").TextContent);
    }

    [Fact]
    public void Choose_OneSample_IsCounted()
    {
        var form = RenderForm();

        form.Find("input[name='sample:s2'][value=Perturbation]").Change("Perturbation");

        Assert.Contains("0 control, 1 perturbation, 2 undecided", form.Markup);
    }

    [Fact]
    public void Render_SamplesThatAreLabelled_ShowsTheirGroups()
    {
        _source.Sheet = new SampleSheet(["s1", "s2"], [new(SampleAssignment.Annotation, ["Control", "Perturbation"])]);

        Assert.Contains("1 control, 1 perturbation, 0 undecided", RenderForm().Markup);
    }

    [Fact]
    public void Render_Draft_WaitsForTheSamples()
    {
        KeepDraft(new() { ["sample:s1"] = "Perturbation" });
        _source.Gate = new TaskCompletionSource();
        var form = RenderForm();
        Assert.Contains("Reading the samples", form.Markup);

        _source.Gate.SetResult();

        form.WaitForAssertion(() => Assert.Contains("0 control, 1 perturbation, 2 undecided", form.Markup));
    }

    [Fact]
    public void Render_FileThatIsGone_SaysSoAndTriesAgain()
    {
        _source.Failure = new ProcessFailedException("The file was deleted.");
        var form = RenderForm();
        Assert.Contains("The file was deleted.", form.Find("[role=alert]").TextContent);

        _source.Failure = null;
        form.FindAll("button").Single(button => button.TextContent.Contains("Try again", StringComparison.Ordinal)).Click();

        Assert.Equal(9, form.FindAll("input[type=radio]").Count);
    }

    [Fact]
    public void Render_NoSamples_ShowsNoRows()
    {
        _source.Sheet = new SampleSheet([], []);

        Assert.Contains("There are no rows.", RenderForm().Markup);
    }

    private static Task ClickAsync(IRenderedComponent<SampleLabelForm> form, string name) => form.Find($"button[aria-label='{name}']").ClickAsync();

    private IRenderedComponent<SampleLabelForm> RenderForm() => Render<SampleLabelForm>(form => form
        .Add(label => label.Prompt, TestCatalog.Instance.GetProcessType(Spec))
        .Add(label => label.Inputs, Bind(Spec, new Set<Gene>(["the matrix stands for itself"])))
        .Add(label => label.DraftKey, "step")
        .Add(label => label.Submit, Take));

    private Task<string?> Take(JsonNode answer)
    {
        Submitted.Add(answer.ToJsonString());
        return Task.FromResult<string?>(null);
    }

    private sealed class SampleSource : ISampleReader
    {
        public SampleSheet Sheet { get; set; } = new(["s1", "s2", "s3"], [new("dex", ["untrt", "größe", "untrt"])]);

        public Exception? Failure { get; set; }

        public TaskCompletionSource? Gate { get; set; }

        public async Task<SampleSheet> ReadAsync(object matrix, Guid processId, CancellationToken cancellationToken)
        {
            if (Gate is { } gate) await gate.Task.WaitAsync(cancellationToken);
            return Failure is null ? Sheet : throw Failure;
        }
    }
}
