using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Catalog;

/// <summary>The kinds of things that the catalogue lists.</summary>
public enum CatalogKind
{
    Everything,
    Prompt,
    Resolver,
    Data,
}

/// <summary>A line of the catalogue: a component or a data type.</summary>
internal sealed record CatalogRow(CatalogKind Kind, string Spec, string Label, string Text, string Hue, MarkupString Icons)
{
    public static string NameOf(CatalogKind kind) => kind switch
    {
        CatalogKind.Everything => "All",
        CatalogKind.Prompt => "Prompt",
        CatalogKind.Resolver => "Resolver",
        _ => "Data type",
    };

    /// <summary>All of the catalogue, ordered by label.</summary>
    public static IReadOnlyList<CatalogRow> Of(ComponentCatalog catalog) =>
        [.. catalog.ProcessTypes.Select(Of).Concat(catalog.DataTypes.Select(Of)).OrderBy(row => row.Label, StringComparer.OrdinalIgnoreCase).ThenBy(row => row.Spec, StringComparer.Ordinal)];

    /// <summary>What fits the words, best first; with no words everything, as it stands.</summary>
    public static IReadOnlyList<CatalogRow> Find(IEnumerable<CatalogRow> rows, string words) =>
        [.. rows
            .Select(row => (Row: row, Score: ComponentSearch.Score(words, $"{row.Label} {row.Text} {row.Spec}")))
            .Where(found => found.Score > 0)
            .OrderByDescending(found => found.Score)
            .Select(found => found.Row)];

    public bool Is(CatalogKind kind) => kind == CatalogKind.Everything || kind == Kind;

    private static CatalogRow Of(ProcessType type) =>
        new(type.IsPrompt ? CatalogKind.Prompt : CatalogKind.Resolver, type.Spec, type.Description.Label, type.Description.Text, TypeLook.Of(type.Output).Hue, ComponentCard.Flow(type));

    private static CatalogRow Of(DataType type)
    {
        var look = TypeLook.Of(type);
        return new(CatalogKind.Data, type.Spec, type.Description.Label, type.Description.Text, look.Hue, new MarkupString($"<span class=\"pb-flow\"><span class=\"typed hue-{look.Hue}\">{Glyph.Of(look.Icon)}</span></span>"));
    }
}
