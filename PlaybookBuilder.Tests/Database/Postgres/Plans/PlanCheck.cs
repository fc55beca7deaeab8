using System.Text.Json.Nodes;
using Npgsql;
using PlaybookBuilder.Core.Database.Postgres;

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>Looks at the plans of statements on a filled database: none may read the whole of a large table, or of an index of one.</summary>
/// <remarks>
/// Plans are the generic ones, for any values of the parameters, as the product has them made; with the product's own settings,
/// where a table is read whole only if no index serves, and with Postgres's, where it may also be that this is cheaper.
/// </remarks>
internal sealed class PlanCheck : IAsyncDisposable
{
    private const string SelectLarge = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND reltuples >= @least";
    private const string SelectPartial = "SELECT indexrelid::regclass::text FROM pg_index WHERE indpred IS NOT NULL";

    private readonly NpgsqlConnection _connection;
    private readonly HashSet<string> _large;
    private readonly HashSet<string> _partial;

    private PlanCheck(NpgsqlConnection connection, IEnumerable<string> large, IEnumerable<string> partial) => (_connection, _large, _partial) = (connection, [.. large], [.. partial]);

    /// <summary>The tables that are large.</summary>
    public IReadOnlySet<string> Large => _large;

    public static Task<PlanCheck> AsTheProductAsync(string url, CancellationToken cancellationToken) => OpenAsync(PostgresUrl.ToPooled(url) + ";Pooling=false;Max Auto Prepare=0", cancellationToken);

    public static Task<PlanCheck> ByDefaultAsync(string url, CancellationToken cancellationToken) => OpenAsync(PostgresUrl.ToSingle(url), cancellationToken);

    /// <summary>Describes what is wrong with a statement's plan.</summary>
    /// <returns>Nothing where all is well.</returns>
    public async Task<IReadOnlyList<string>> FindFaultsAsync(ProductStatement statement, CancellationToken cancellationToken)
    {
        var plan = await ExplainAsync(statement, cancellationToken);
        return [.. Nodes(plan).Select(Fault).OfType<string>().Distinct().Select(fault => $"{fault}\n{statement.Sql}\n{plan}")];
    }

    /// <summary>Runs something on the database of the check, e.g. before and after which plans differ.</summary>
    public Task RunAsync(string sql, CancellationToken cancellationToken) => _connection.RunAsync(sql, cancellationToken);

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task<PlanCheck> OpenAsync(string connectionString, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await connection.RunAsync("SET plan_cache_mode = force_generic_plan", cancellationToken);
        return new PlanCheck(
            connection,
            await connection.QueryAsync(SelectLarge, static reader => reader.GetString(0), cancellationToken, ("least", FilledDatabase.Large)),
            await connection.QueryAsync(SelectPartial, static reader => reader.GetString(0), cancellationToken));
    }

    private async Task<JsonNode> ExplainAsync(ProductStatement statement, CancellationToken cancellationToken)
    {
        var types = string.Join(", ", statement.Types);
        await _connection.RunAsync($"PREPARE checked{(types.Length > 0 ? $" ({types})" : "")} AS {statement.Sql}", cancellationToken);
        try
        {
            var nulls = string.Join(", ", statement.Types.Select(_ => "NULL"));
            var text = await _connection.QueryAsync($"EXPLAIN (FORMAT JSON) EXECUTE checked{(nulls.Length > 0 ? $" ({nulls})" : "")}", static reader => reader.GetString(0), cancellationToken);
            return JsonNode.Parse(text.Single())![0]!["Plan"]!;
        }
        finally
        {
            await _connection.RunAsync("DEALLOCATE checked", cancellationToken);
        }
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode plan) => [plan, .. (plan["Plans"]?.AsArray() ?? []).SelectMany(child => Nodes(child!))];

    private string? Fault(JsonNode node)
    {
        var kind = node["Node Type"]!.GetValue<string>();
        var table = node["Relation Name"]?.GetValue<string>();
        if (kind is "Seq Scan" && _large.Contains(table!)) return $"{table} is read whole by";

        // A partial index holds only the rows that are looked for.
        var index = node["Index Name"]?.GetValue<string>();
        return index is not null && node["Index Cond"] is null && !_partial.Contains(index) && (table is null || _large.Contains(table)) ? $"{index} is read whole by" : null;
    }
}
