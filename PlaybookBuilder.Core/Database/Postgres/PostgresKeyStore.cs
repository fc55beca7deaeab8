using Microsoft.Extensions.Options;
using Npgsql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>The keys that all replicas share, as the text that their owner makes of them. Read once a day and at start, so connections of its own do.</summary>
internal sealed class PostgresKeyStore(IOptions<DatabaseOptions> options)
{
    private const string Select = "SELECT xml FROM data_protection_key ORDER BY name";
    private const string Insert = "INSERT INTO data_protection_key (name, xml) VALUES (@name, @xml) ON CONFLICT DO NOTHING";

    public IReadOnlyList<string> Read()
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(Select, connection);
        using var reader = command.ExecuteReader();
        var keys = new List<string>();
        while (reader.Read()) keys.Add(reader.GetString(0));
        return keys;
    }

    public void Add(string name, string xml)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(Insert, connection);
        command.Parameters.AddWithValue("name", name);
        command.Parameters.AddWithValue("xml", xml);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs something that only one program of the deployment does at a time.</summary>
    public void Alone(Action run)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand($"SELECT pg_advisory_lock({PostgresLocks.Keys})", connection);
        command.ExecuteNonQuery();
        run();
    }

    private NpgsqlConnection Open()
    {
        // Closing it for good gives back the lock too.
        var connection = new NpgsqlConnection(PostgresUrl.ToSingle(options.Value.Url!));
        connection.Open();
        return connection;
    }
}
