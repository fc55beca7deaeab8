namespace PlaybookBuilder.Core.Catalog;

/// <summary>A work that a story refers to.</summary>
/// <param name="Text">The reference as it stands in the list, without its link.</param>
/// <param name="Url">Where the work is to be found, a DOI's address where there is one.</param>
public sealed record Citation(string Text, string Url)
{
    public static Citation OfDoi(string doi, string text) => new(text, $"https://doi.org/{doi}");
}
