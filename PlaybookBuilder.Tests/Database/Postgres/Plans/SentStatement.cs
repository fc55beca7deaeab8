namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>A statement as it reaches Postgres.</summary>
/// <param name="Sql">With its parameters numbered.</param>
/// <param name="Types">Postgres's names of the parameters' types; null where no value ever told it.</param>
internal sealed record SentStatement(string Sql, IReadOnlyList<string?> Types)
{
    private static readonly string[] Planned = ["SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES"];

    /// <summary>Whether Postgres makes a plan for it: not for settings, subscriptions and changes of the schema.</summary>
    public bool IsPlanned => Planned.Any(word => Sql.TrimStart().StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
