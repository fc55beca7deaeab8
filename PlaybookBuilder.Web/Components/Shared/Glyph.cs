using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;

namespace PlaybookBuilder.Web.Components.Shared;

/// <summary>The icons of IconSprite.razor. They say nothing to a screen reader: a word or a label always stands with them.</summary>
internal static class Glyph
{
    private static readonly ConcurrentDictionary<string, MarkupString> Known = new();

    public static string Reference(string name) => $"#icon-{name}";

    /// <param name="name">The name of a symbol, always one of ours: it is written into the page as it is.</param>
    public static MarkupString Of(string name) =>
        Known.GetOrAdd(name, static name => new MarkupString($"""<svg class="pb-icon" aria-hidden="true"><use href="{Reference(name)}"/></svg>"""));
}
