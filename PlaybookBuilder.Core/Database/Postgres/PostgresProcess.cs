using Npgsql;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>A process but for its inputs, which come with another result of the batch.</summary>
internal sealed record PostgresProcess(Guid Id, string Type, Datum? Data, DateTimeOffset? Timestamp)
{
    public Process With(ILookup<Guid, ProcessInput> inputs) => new(Type, Data, inputs[Id], Timestamp);

    /// <param name="typeColumn">From here on type, timestamp and data stand side by side.</param>
    public static PostgresProcess Read(NpgsqlDataReader reader, Guid id, int typeColumn) =>
        new(id, reader.GetString(typeColumn), reader.IsDBNull(typeColumn + 2) ? null : ReadDatum(reader, typeColumn + 2), reader.GetTimeOrNull(typeColumn + 1));

    public static (Guid Process, ProcessInput Input) ReadInput(NpgsqlDataReader reader) => (reader.GetGuid(0), ReadInput(reader, 1));

    /// <param name="column">From here on argument, position and input stand side by side.</param>
    public static ProcessInput ReadInput(NpgsqlDataReader reader, int column)
    {
        var position = reader.GetInt32(column + 1);
        return new ProcessInput(reader.GetString(column), position == ProcessInputRow.NoPosition ? null : position, reader.GetGuid(column + 2));
    }

    public static Datum ReadDatum(NpgsqlDataReader reader, int column) => Datum.Stored(reader.GetGuid(column), reader.GetString(column + 1), reader.GetString(column + 2));
}
