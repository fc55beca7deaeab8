using System.Text.RegularExpressions;

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>A statement for Postgres that stands as a constant in the product.</summary>
/// <param name="Name">Class and constant.</param>
/// <param name="Text">With its parameters named.</param>
internal sealed partial record ProductStatement(string Name, string Text)
{
    private static readonly string[] Planned = ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES"];

    // Of lists that stand in FROM the server can't tell the type by itself; of all else it can.
    private static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        ["@ids"] = "uuid[]", ["@processes"] = "uuid[]", ["@inputs"] = "uuid[]", ["@parents"] = "uuid[]", ["@cells"] = "uuid[]", ["@metadata"] = "uuid[]", ["@data"] = "uuid[]",
        ["@types"] = "text[]", ["@uploads"] = "text[]", ["@values"] = "text[]", ["@arguments"] = "text[]", ["@payloads"] = "text[]", ["@titles"] = "text[]", ["@descriptions"] = "text[]", ["@summaries"] = "text[]", ["@gpt"] = "text[]", ["@labels"] = "text[]",
        ["@attempts"] = "integer[]", ["@positions"] = "integer[]", ["@states"] = "integer[]", ["@versions"] = "integer[]", ["@durations"] = "bigint[]",
        ["@transient"] = "boolean[]", ["@process"] = "boolean[]", ["@delays"] = "interval[]", ["@limits"] = "interval[]", ["@timestamps"] = "timestamp with time zone[]",
    };

    /// <summary>Whether Postgres makes a plan for it: not for settings, subscriptions and changes of the schema.</summary>
    public bool IsPlanned => Planned.Any(word => Text.StartsWith(word, StringComparison.Ordinal));

    /// <summary>The parameters in the order of their numbers.</summary>
    private IReadOnlyList<string> Parameters => [.. Parameter().Matches(Text).Select(match => match.Value).Distinct()];

    /// <summary>Postgres's names of the parameters' types.</summary>
    /// <exception cref="KeyNotFoundException">A list that is not known here.</exception>
    public IReadOnlyList<string> Types
    {
        get
        {
            var lists = List().Matches(Text).SelectMany(match => Parameter().Matches(match.Value)).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);
            // The one name that stands for two things: ids of data, and whether a cell shows its data.
            return [.. Parameters.Select(name => !lists.Contains(name) ? "unknown" : name == "@data" && Text.Contains("data_visible", StringComparison.Ordinal) ? "boolean[]" : Lists[name])];
        }
    }

    /// <summary>As it reaches Postgres.</summary>
    public string Sql
    {
        get
        {
            var parameters = Parameters.ToList();
            return Parameter().Replace(Text, match => $"${parameters.IndexOf(match.Value) + 1}");
        }
    }

    public static IEnumerable<string> Split(string text) => text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"@\w+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"unnest\([^)]*\)")]
    private static partial Regex List();
}
