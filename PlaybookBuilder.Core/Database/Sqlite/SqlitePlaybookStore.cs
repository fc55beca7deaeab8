using Microsoft.Data.Sqlite;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;
using static PlaybookBuilder.Core.Database.PlaybookSql;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>Playbooks in the embedded database.</summary>
internal sealed class SqlitePlaybookStore(SqliteDatabase database) : IPlaybookStore
{
    private const string InsertData = "INSERT INTO data (id, type, value) VALUES (@id, @type, @value) ON CONFLICT DO NOTHING";
    private const string InsertProcess = "INSERT INTO process (id, type, data_id, timestamp) VALUES (@id, @type, @data, @timestamp) ON CONFLICT DO NOTHING";
    private const string InsertInput = "INSERT INTO process_input (process_id, argument, position, input_id) VALUES (@process, @argument, @position, @input)";
    private const string InsertCell = "INSERT INTO cell_metadata (id, label, description, process_visible, data_visible) VALUES (@id, @label, @description, @process, @data) ON CONFLICT DO NOTHING";
    private const string InsertMetadata = "INSERT INTO playbook_metadata (id, title, description, summary, gpt_summary) VALUES (@id, @title, @description, @summary, @gpt) ON CONFLICT DO NOTHING";
    private const string InsertStep = "INSERT INTO step (id, process_id, parent_id, cell_metadata_id, playbook_metadata_id) VALUES (@id, @process, @parent, @cell, @playbook)";

    private const string InsertGrant = "INSERT INTO upload_grant (data_id, upload_id) VALUES (@data, @upload) ON CONFLICT DO NOTHING";

    private const string FindStep = "SELECT 1 FROM step WHERE id = @id";

    private const string SelectData = "SELECT id, type, value FROM data WHERE id IN " + SqliteValues.Ids;

    public Task SaveAsync(Playbook playbook, IReadOnlyList<UploadGrant> grants, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                // A step that is there has all that stands before it there too.
                var first = playbook.Steps.Length;
                while (first > 0 && session.Query(FindStep, static _ => true, ("@id", playbook.Steps[first - 1].Id)).Count == 0) first--;
                foreach (var step in playbook.Steps.AsSpan(first..)) Insert(session, step);
                foreach (var grant in grants) session.Execute(InsertGrant, ("@data", grant.DataId), ("@upload", grant.UploadId));
                return true;
            },
            cancellationToken);

    public Task<Playbook?> FindAsync(Guid playbookId, CancellationToken cancellationToken) => Task.FromResult(database.Read(session =>
    {
        var inputs = session.Query(SelectStepInputs, ReadInput, ("@id", playbookId)).ToLookup(input => input.Process, input => input.Input);
        var steps = session.Query(SelectSteps, reader => ReadStep(reader, inputs), ("@id", playbookId));
        return steps.Count == 0 ? null : Playbook.Of(steps);
    }));

    public Task<Process?> FindProcessAsync(Guid processId, CancellationToken cancellationToken) => Task.FromResult(database.Read(session =>
    {
        var inputs = session.Query(SelectInputs, ReadInput, ("@id", processId)).ToLookup(input => input.Process, input => input.Input);
        return session.Query(SelectProcess, reader => ReadProcess(reader, processId, typeColumn: 1, inputs), ("@id", processId)).SingleOrDefault();
    }));

    public Task<Playbook?> FindLineageAsync(Guid processId, CancellationToken cancellationToken) => Task.FromResult(database.Read(session =>
    {
        var inputs = session.Query(SelectLineageInputs, ReadInput, ("@id", processId)).ToLookup(input => input.Process, input => input.Input);
        var processes = session.Query(SelectLineage, reader => ReadProcess(reader, reader.GetId(0), typeColumn: 1, inputs), ("@id", processId));
        return processes.Count == 0 ? null : ProcessLineage.ToPlaybook(processes, processId);
    }));

    public Task<IReadOnlyDictionary<Guid, Datum>> FindDataAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, Datum>>(ids.Count == 0
            ? new Dictionary<Guid, Datum>()
            : database.Read(session => session.Query(SelectData, reader => ReadDatum(reader, 0), ("@ids", SqliteValues.ToJson(ids)))).ToDictionary(datum => datum.Id));

    public Task<PlaybookMetadata?> FindPlaybookMetadataAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(
        database.Read(session => session.Query(SelectMetadata, reader => ReadMetadata(reader, 0), ("@id", id))).SingleOrDefault());

    private static void Insert(SqliteSession session, Step step)
    {
        var process = step.Process;
        if (process.Data is { } data) session.Execute(InsertData, ("@id", data.Id), ("@type", data.Type), ("@value", data.Value));
        var isNew = session.Execute(InsertProcess, ("@id", process.Id), ("@type", process.Type), ("@data", process.Data?.Id), ("@timestamp", process.Timestamp?.ToMilliseconds())) > 0;
        foreach (var input in isNew ? process.Inputs : [])
        {
            session.Execute(InsertInput, ("@process", process.Id), ("@argument", input.Argument), ("@position", input.Position ?? ProcessInputRow.NoPosition), ("@input", input.ProcessId));
        }

        var (cellId, metadataId) = (step.Cell?.ToId(), step.Playbook?.ToId());
        if (step.Cell is { } cell) session.Execute(InsertCell, ("@id", cellId), ("@label", cell.Label), ("@description", cell.Description), ("@process", cell.ProcessVisible), ("@data", cell.DataVisible));
        if (step.Playbook is { } metadata) session.Execute(InsertMetadata, ("@id", metadataId), ("@title", metadata.Title), ("@description", metadata.Description), ("@summary", metadata.Summary), ("@gpt", metadata.GptSummary));
        session.Execute(InsertStep, ("@id", step.Id), ("@process", process.Id), ("@parent", step.ParentId), ("@cell", cellId), ("@playbook", metadataId));
    }

    private static (Guid Process, ProcessInput Input) ReadInput(SqliteDataReader reader)
    {
        var position = reader.GetInt32(2);
        return (reader.GetId(0), new ProcessInput(reader.GetString(1), position == ProcessInputRow.NoPosition ? null : position, reader.GetId(3)));
    }

    private static Step ReadStep(SqliteDataReader reader, ILookup<Guid, ProcessInput> inputs)
    {
        var cell = reader.IsDBNull(7) ? null : new CellMetadata(reader.GetString(8), reader.GetString(9), reader.GetBoolean(10), reader.GetBoolean(11));
        var metadata = reader.IsDBNull(12) ? null : ReadMetadata(reader, 13);
        return new Step(ReadProcess(reader, reader.GetId(0), typeColumn: 2, inputs), reader.GetIdOrNull(1), cell, metadata);
    }

    // type, timestamp and data stand side by side in both queries.
    private static Process ReadProcess(SqliteDataReader reader, Guid id, int typeColumn, ILookup<Guid, ProcessInput> inputs)
    {
        var data = reader.IsDBNull(typeColumn + 2) ? null : ReadDatum(reader, typeColumn + 2);
        return new Process(reader.GetString(typeColumn), data, inputs[id], reader.GetTimeOrNull(typeColumn + 1));
    }

    private static Datum ReadDatum(SqliteDataReader reader, int column) => Datum.Stored(reader.GetId(column), reader.GetString(column + 1), reader.GetString(column + 2));

    private static PlaybookMetadata ReadMetadata(SqliteDataReader reader, int column) =>
        new(reader.GetString(column), reader.GetString(column + 1), reader.GetString(column + 2), reader.GetString(column + 3));
}
