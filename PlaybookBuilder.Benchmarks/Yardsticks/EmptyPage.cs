using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace PlaybookBuilder.Benchmarks.Yardsticks;

/// <summary>A page that starts a circuit for one word.</summary>
[Route(CircuitsYardstick.PagePath)]
public sealed class EmptyPage : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddMarkupContent(0, "<!DOCTYPE html><html lang=\"en\"><head><title>Empty</title><base href=\"/\" /></head><body>");
        builder.OpenComponent<Word>(1);
        builder.AddComponentRenderMode(RenderMode.InteractiveServer);
        builder.CloseComponent();
        builder.AddMarkupContent(2, "<script src=\"_framework/blazor.web.js\"></script></body></html>");
    }
}

/// <summary>Changes on its first interactive render, so that a browser can see that the circuit is up.</summary>
public sealed class Word : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "p");
        builder.AddContent(1, RendererInfo.IsInteractive ? "There." : "Not yet.");
        builder.CloseElement();
    }
}
