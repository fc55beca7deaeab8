using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Catalog;

/// <summary>The inside of a component's card: what it takes and gives as icons, its label and what it does. Always the same, so it is written once.</summary>
internal static class ComponentCard
{
    private const int MostInputIcons = 3;

    private static readonly ConcurrentDictionary<ProcessType, MarkupString> Bodies = new();
    private static readonly ConcurrentDictionary<ProcessType, MarkupString> Flows = new();

    public static MarkupString Body(ProcessType type) => Bodies.GetOrAdd(type, static type => new MarkupString(
        $"{Flow(type)}<strong>{HtmlEncoder.Default.Encode(type.Description.Label)}</strong><span class=\"text\">{HtmlEncoder.Default.Encode(type.Description.Text)}</span>"));

    /// <summary>The whole card, before there is a circuit that a click could go to.</summary>
    public static string Unarmed(ProcessType type) => $"<button type=\"button\" class=\"pb-card hue-{TypeLook.Of(type.Output).Hue}\">{Body(type)}</button>";

    /// <summary>Input → process → output.</summary>
    public static MarkupString Flow(ProcessType type) => Flows.GetOrAdd(type, static type =>
    {
        var markup = new StringBuilder($"<span class=\"pb-flow\" role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(Words(type))}\">");
        foreach (var argument in type.Arguments.Take(MostInputIcons)) Append(markup, argument.DataType);
        if (type.Arguments.Count > 0) AppendArrow(markup);
        markup.Append(Glyph.Of(type.IsPrompt ? "prompt" : "function"));
        AppendArrow(markup);
        Append(markup, type.Output);
        if (type.Description.External) markup.Append("<span title=\"Asks a service elsewhere\">").Append(Glyph.Of("external")).Append("</span>");
        return new MarkupString(markup.Append("</span>").ToString());
    });

    private static string Words(ProcessType type)
    {
        var inputs = string.Join(" and ", type.Arguments.Select(argument => argument.IsMany ? $"several {argument.DataType.Description.Label}" : argument.DataType.Description.Label));
        return inputs.Length == 0 ? $"Gives {type.Output.Description.Label}" : $"Takes {inputs}, gives {type.Output.Description.Label}";
    }

    private static void Append(StringBuilder markup, DataType type)
    {
        var look = TypeLook.Of(type);
        markup.Append($"<span class=\"typed hue-{look.Hue}\" title=\"{HtmlEncoder.Default.Encode(type.Description.Label)}\">").Append(Glyph.Of(look.Icon)).Append("</span>");
    }

    private static void AppendArrow(StringBuilder markup) =>
        markup.Append($"<svg class=\"pb-icon then\" aria-hidden=\"true\"><use href=\"{Glyph.Reference("arrow")}\"/></svg>");
}
