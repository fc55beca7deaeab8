using System.Globalization;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>What the sets of a library are to be called, by the place of the set among the inputs, counted from zero.</summary>
/// <param name="Terms">The labels.</param>
/// <param name="Descriptions">What to say of each set besides; may lack any.</param>
public sealed record LibraryLabels(IReadOnlyDictionary<string, string> Terms, IReadOnlyDictionary<string, string>? Descriptions = null) : IChecked
{
    /// <summary>The label of the set at a place; null where it was given none.</summary>
    public string? LabelOf(int place) => Find(Terms, place);

    public string? DescriptionOf(int place) => Find(Descriptions, place);

    public IEnumerable<(string Path, string Problem)> Check() =>
        NullsOf(Terms, "$.terms").Concat(NullsOf(Descriptions, "$.descriptions"));

    private static string? Find(IReadOnlyDictionary<string, string>? texts, int place)
    {
        var text = texts?.GetValueOrDefault(place.ToString(CultureInfo.InvariantCulture))?.Trim();
        return string.IsNullOrEmpty(text) ? null : text;
    }

    private static IEnumerable<(string Path, string Problem)> NullsOf(IReadOnlyDictionary<string, string>? texts, string path) =>
        from text in texts ?? new Dictionary<string, string>()
        where text.Value is null
        select (JsonPath.Member(path, text.Key), "expected text, found null");
}
