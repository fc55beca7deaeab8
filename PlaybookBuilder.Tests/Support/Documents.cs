using System.Globalization;
using System.Text.Json;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Documents of the generic data types, written short.</summary>
internal static class Documents
{
    public const int Large = 100_000;

    public static string Set(params IEnumerable<string> terms) => JsonSerializer.Serialize(new { set = terms });

    public static string Ranked(params IEnumerable<string> terms) => JsonSerializer.Serialize(new { ranked = terms });

    /// <summary>Scores as they stand in JSON: a number or a quoted text.</summary>
    public static string Scored(params IEnumerable<(string Term, object Score)> terms) =>
        JsonSerializer.Serialize(terms.Select(term => new { term = term.Term, zscore = term.Score }));

    public static IEnumerable<string> ManyTerms(int count = Large) => Enumerable.Range(0, count).Select(i => "G" + i.ToString(CultureInfo.InvariantCulture));

    public static string[] TermsOf(string scored) => [.. JsonDocument.Parse(scored).RootElement.EnumerateArray().Select(entry => entry.GetProperty("term").GetString()!)];

    public static string[] MembersOf(string set, string member = "set") => [.. JsonDocument.Parse(set).RootElement.GetProperty(member).EnumerateArray().Select(entry => entry.GetString()!)];
}
