using System.Globalization;
using Npgsql;

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>The types of parameters, from their values as Npgsql logs them: single values as they are, lists as text in brackets, what is null as a word.</summary>
internal static class ParameterTypes
{
    private const string Null = "NULL";
    private const string Text = "text[]";

    private static readonly (string Type, Func<string, bool> IsOne)[] Elements =
    [
        ("uuid[]", static text => Guid.TryParse(text, out _)),
        ("integer[]", static text => long.TryParse(text, CultureInfo.InvariantCulture, out _)),
        ("boolean[]", static text => bool.TryParse(text, out _)),
        ("interval[]", static text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _)),
        ("timestamp with time zone[]", static text => DateTime.TryParse(text, CultureInfo.CurrentCulture, out _)),
    ];

    /// <returns>Null where the value does not tell.</returns>
    public static string? Of(object? value) => value switch
    {
        null or DBNull or Null => null,
        string list when list.StartsWith('[') && list.EndsWith(']') => OfList(list[1..^1]),
        _ => new NpgsqlParameter { Value = value }.DataTypeName,
    };

    /// <summary>Brings together what two values of a parameter told: text may look like anything.</summary>
    public static string? Merge(string? one, string? other) => one == other || other is null ? one : one is null ? other : Text;

    private static string? OfList(string list)
    {
        string[] elements = [.. list.Split(", ", StringSplitOptions.RemoveEmptyEntries).Where(static element => element is not (Null or "..."))];
        if (elements.Length == 0) return null;

        return Elements.Where(candidate => elements.All(candidate.IsOne)).Select(candidate => candidate.Type).FirstOrDefault() ?? Text;
    }
}
