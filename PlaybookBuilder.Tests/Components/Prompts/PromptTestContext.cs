using System.Security.Claims;
using System.Text.Json;
using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components;
using PlaybookBuilder.Web.Components.Prompts;

namespace PlaybookBuilder.Tests.Components.Prompts;

/// <summary>Shows prompts in their forms, before a browser that may keep a draft.</summary>
public abstract class PromptTestContext : BunitContext
{
    protected PromptTestContext()
    {
        Services.AddSingleton(TestCatalog.Instance);
        Services.AddViewsAndForms();
        Services.AddScoped<CurrentActor>();
        Authorization = AddAuthorization();
        SignIn();
        JSInterop.Mode = JSRuntimeMode.Loose;
        DraftModule = JSInterop.SetupModule("./Components/Prompts/PromptFrame.razor.js");
        Browser = DraftModule.SetupModule("attach", _ => true);
        Browser.Mode = JSRuntimeMode.Loose;
        KeepDraft([]);
    }

    /// <summary>Who looks at the form: somebody who is signed in, until a test says otherwise.</summary>
    protected BunitAuthorizationContext Authorization { get; }

    protected BunitJSModuleInterop DraftModule { get; }

    /// <summary>The browser's side of the draft.</summary>
    protected BunitJSModuleInterop Browser { get; }

    protected List<string> Submitted { get; } = [];

    private void SignIn()
    {
        Authorization.SetAuthorized("A reader");
        Authorization.SetClaims(new Claim(ClaimTypes.NameIdentifier, Guid.NewGuid().ToString()));
    }

    protected void KeepDraft(Dictionary<string, string> fields) =>
        Browser.Setup<IJSStreamReference>("read").SetResult(new TextStream(JsonSerializer.Serialize(fields)));

    protected IRenderedComponent<PromptView> RenderPrompt(string spec, string? answer = null, object? inputs = null, Func<Datum, Task>? onSubmit = null) =>
        Render<PromptView>(view => view
            .Add(prompt => prompt.Prompt, TestCatalog.Instance.GetProcessType(spec))
            .Add(prompt => prompt.Answer, answer is null ? null : Datum.OfJson(spec, answer))
            .Add(prompt => prompt.Inputs, inputs)
            .Add(prompt => prompt.DraftKey, "step")
            .Add(prompt => prompt.OnSubmit, EventCallback.Factory.Create<Datum>(this, onSubmit ?? TakeAsync)));

    /// <summary>Puts values into the record of a prompt's inputs.</summary>
    protected static object Bind(string spec, params IEnumerable<object> values)
    {
        var type = TestCatalog.Instance.GetProcessType(spec);
        var argument = type.Arguments.Single();
        return type.BindInputs([.. values.Select((value, place) => (new ProcessInput(argument.Name, argument.IsMany ? place : null, Guid.NewGuid()), value))]);
    }

    protected static Task SubmitAsync(IRenderedComponent<PromptView> view) => view.Find("form").SubmitAsync();

    protected static IElement Button(IRenderedComponent<PromptView> view, string text) => view.FindAll("button").Single(button => button.TextContent.Trim() == text);

    private Task TakeAsync(Datum answer)
    {
        Submitted.Add(answer.Value);
        return Task.CompletedTask;
    }
}
