using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Playbooks;

/// <summary>What a playbook takes and gives, as icons with their names.</summary>
internal static class PlaybookFlow
{
    private const int MostIcons = 4;

    public static MarkupString Of(ComponentCatalog catalog, SavedPlaybook playbook)
    {
        var markup = new StringBuilder($"<span class=\"pb-flow\" role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(Words(catalog, playbook))}\">");
        foreach (var spec in playbook.Inputs.Take(MostIcons)) Append(markup, catalog, spec);
        markup.Append($"<svg class=\"pb-icon then\" aria-hidden=\"true\"><use href=\"{Glyph.Reference("arrow")}\"/></svg>");
        foreach (var spec in playbook.Outputs.Take(MostIcons)) Append(markup, catalog, spec);
        return new MarkupString(markup.Append("</span>").ToString());
    }

    /// <summary>The name of a data type that people read.</summary>
    public static string LabelOf(ComponentCatalog catalog, string spec) => catalog.FindDataType(spec)?.Description.Label ?? spec;

    public static string LabelsOf(ComponentCatalog catalog, IReadOnlyList<string> specs) => specs.Count == 0 ? "nothing" : string.Join(", ", specs.Select(spec => LabelOf(catalog, spec)));

    private static string Words(ComponentCatalog catalog, SavedPlaybook playbook) => $"Takes {LabelsOf(catalog, playbook.Inputs)}, gives {LabelsOf(catalog, playbook.Outputs)}";

    private static void Append(StringBuilder markup, ComponentCatalog catalog, string spec)
    {
        var look = catalog.FindDataType(spec) is { } type ? TypeLook.Of(type) : new TypeLook(TypeLook.OtherHue, "data");
        markup.Append($"<span class=\"typed hue-{look.Hue}\" title=\"{HtmlEncoder.Default.Encode(LabelOf(catalog, spec))}\">").Append(Glyph.Of(look.Icon)).Append("</span>");
    }
}
