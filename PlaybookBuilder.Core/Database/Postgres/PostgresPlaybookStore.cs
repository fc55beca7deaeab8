using Npgsql;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;
using static PlaybookBuilder.Core.Database.PlaybookSql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>Playbooks in Postgres. Saving is one batch of one statement a table, reading one batch; each is one exchange with the server.</summary>
internal sealed class PostgresPlaybookStore(PostgresDatabase database) : IPlaybookStore
{
    // Up to here, telling the database what it has already costs less than asking what it lacks.
    private const int MostStepsUnasked = 8;

    // Rows are written in the order of their keys, so that two who write the same ones never wait for each other.
    private const string InsertData = "INSERT INTO data (id, type, value) SELECT id, type, value FROM unnest(@ids, @types, @values) AS new (id, type, value) ORDER BY id ON CONFLICT DO NOTHING";

    private const string InsertProcesses = """
        INSERT INTO process (id, type, data_id, timestamp)
        SELECT id, type, data_id, timestamp FROM unnest(@ids, @types, @data, @timestamps) AS new (id, type, data_id, timestamp)
        ORDER BY id ON CONFLICT DO NOTHING
        """;

    private const string InsertInputs = """
        INSERT INTO process_input (process_id, argument, position, input_id)
        SELECT process_id, argument, position, input_id FROM unnest(@processes, @arguments, @positions, @inputs) AS new (process_id, argument, position, input_id)
        ORDER BY process_id, argument, position ON CONFLICT DO NOTHING
        """;

    private const string InsertCells = """
        INSERT INTO cell_metadata (id, label, description, process_visible, data_visible)
        SELECT id, label, description, process_visible, data_visible FROM unnest(@ids, @labels, @descriptions, @process, @data) AS new (id, label, description, process_visible, data_visible)
        ORDER BY id ON CONFLICT DO NOTHING
        """;

    private const string InsertMetadata = """
        INSERT INTO playbook_metadata (id, title, description, summary, gpt_summary)
        SELECT id, title, description, summary, gpt_summary FROM unnest(@ids, @titles, @descriptions, @summaries, @gpt) AS new (id, title, description, summary, gpt_summary)
        ORDER BY id ON CONFLICT DO NOTHING
        """;

    private const string InsertSteps = """
        INSERT INTO step (id, process_id, parent_id, cell_metadata_id, playbook_metadata_id)
        SELECT id, process_id, parent_id, cell_id, metadata_id FROM unnest(@ids, @processes, @parents, @cells, @metadata) AS new (id, process_id, parent_id, cell_id, metadata_id)
        ORDER BY id ON CONFLICT DO NOTHING
        """;

    private const string InsertGrants = "INSERT INTO upload_grant (data_id, upload_id) SELECT data_id, upload_id FROM unnest(@data, @uploads) AS new (data_id, upload_id) ORDER BY data_id, upload_id ON CONFLICT DO NOTHING";

    private const string SelectKnownSteps = "SELECT id FROM step WHERE id = ANY(@ids)";

    private const string SelectData = "SELECT id, type, value FROM data WHERE id = ANY(@ids)";

    public async Task SaveAsync(Playbook playbook, IReadOnlyList<UploadGrant> grants, CancellationToken cancellationToken)
    {
        // A value that is new, or was kept without its grant, may stand anywhere.
        var first = grants.Count > 0 ? 0 : await CountKnownAsync(playbook, cancellationToken).ConfigureAwait(false);
        if (first == playbook.Steps.Length) return;

        var insertion = Insertion(playbook.Steps[first..], grants);
        await database.ExecuteAsync(insertion, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Playbook?> FindAsync(Guid playbookId, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var inputs = batch.Query(SelectStepInputs, PostgresProcess.ReadInput, ("id", playbookId));
        var rows = batch.Query(SelectSteps, ReadStep, ("id", playbookId));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);

        var inputsOf = inputs.ToLookup(input => input.Process, input => input.Input);
        return rows.Count == 0 ? null : Playbook.Of(rows.Select(row => new Step(row.Process.With(inputsOf), row.Parent, row.Cell, row.Metadata)));
    }

    public async Task<Process?> FindProcessAsync(Guid processId, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var inputs = batch.Query(SelectInputs, PostgresProcess.ReadInput, ("id", processId));
        var rows = batch.Query(SelectProcess, static reader => PostgresProcess.Read(reader, reader.GetGuid(0), 1), ("id", processId));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return rows.SingleOrDefault()?.With(inputs.ToLookup(input => input.Process, input => input.Input));
    }

    public async Task<Playbook?> FindLineageAsync(Guid processId, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var inputs = batch.Query(SelectLineageInputs, PostgresProcess.ReadInput, ("id", processId));
        var rows = batch.Query(SelectLineage, static reader => PostgresProcess.Read(reader, reader.GetGuid(0), 1), ("id", processId));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);

        var inputsOf = inputs.ToLookup(input => input.Process, input => input.Input);
        return rows.Count == 0 ? null : ProcessLineage.ToPlaybook([.. rows.Select(row => row.With(inputsOf))], processId);
    }

    public async Task<IReadOnlyDictionary<Guid, Datum>> FindDataAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return new Dictionary<Guid, Datum>();

        var batch = new PostgresBatch();
        var rows = batch.Query(SelectData, static reader => PostgresProcess.ReadDatum(reader, 0), ("ids", ids.ToArray()));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return rows.ToDictionary(datum => datum.Id);
    }

    public async Task<PlaybookMetadata?> FindPlaybookMetadataAsync(Guid id, CancellationToken cancellationToken)
    {
        var batch = new PostgresBatch();
        var rows = batch.Query(SelectMetadata, static reader => ReadMetadata(reader, 0), ("id", id));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        return rows.SingleOrDefault();
    }

    // A step that is there has all that stands before it there too.
    private async Task<int> CountKnownAsync(Playbook playbook, CancellationToken cancellationToken)
    {
        if (playbook.Steps.Length <= MostStepsUnasked) return 0;

        var batch = new PostgresBatch();
        var rows = batch.Query(SelectKnownSteps, static reader => reader.GetGuid(0), ("ids", playbook.Steps.Select(step => step.Id).ToArray()));
        await database.ExecuteAsync(batch, cancellationToken).ConfigureAwait(false);
        var known = rows.ToHashSet();
        var count = playbook.Steps.Length;
        while (count > 0 && !known.Contains(playbook.Steps[count - 1].Id)) count--;
        return count;
    }

    private static PostgresBatch Insertion(IReadOnlyCollection<Step> steps, IReadOnlyList<UploadGrant> grants)
    {
        var batch = new PostgresBatch();
        Process[] processes = [.. steps.Select(step => step.Process).DistinctBy(process => process.Id)];
        Datum[] data = [.. processes.Select(process => process.Data).OfType<Datum>().DistinctBy(datum => datum.Id)];
        var inputs = processes.SelectMany(process => process.Inputs, static (process, input) => (Process: process.Id, Input: input)).ToArray();
        CellMetadata[] cells = [.. steps.Select(step => step.Cell).OfType<CellMetadata>().Distinct()];
        PlaybookMetadata[] metadata = [.. steps.Select(step => step.Playbook).OfType<PlaybookMetadata>().Distinct()];

        if (data.Length > 0) batch.Execute(InsertData, ("ids", Array(data, datum => datum.Id)), ("types", Array(data, datum => datum.Type)), ("values", Array(data, datum => datum.Value)));
        if (grants.Count > 0) batch.Execute(InsertGrants, ("data", Array(grants, grant => grant.DataId)), ("uploads", Array(grants, grant => grant.UploadId)));
        batch.Execute(
            InsertProcesses,
            ("ids", Array(processes, process => process.Id)),
            ("types", Array(processes, process => process.Type)),
            ("data", Array(processes, process => process.Data?.Id)),
            ("timestamps", Array(processes, process => process.Timestamp?.UtcDateTime)));
        if (inputs.Length > 0)
        {
            batch.Execute(
                InsertInputs,
                ("processes", Array(inputs, input => input.Process)),
                ("arguments", Array(inputs, input => input.Input.Argument)),
                ("positions", Array(inputs, input => input.Input.Position ?? ProcessInputRow.NoPosition)),
                ("inputs", Array(inputs, input => input.Input.ProcessId)));
        }

        if (cells.Length > 0)
        {
            batch.Execute(
                InsertCells,
                ("ids", Array(cells, cell => cell.ToId())),
                ("labels", Array(cells, cell => cell.Label)),
                ("descriptions", Array(cells, cell => cell.Description)),
                ("process", Array(cells, cell => cell.ProcessVisible)),
                ("data", Array(cells, cell => cell.DataVisible)));
        }

        if (metadata.Length > 0)
        {
            batch.Execute(
                InsertMetadata,
                ("ids", Array(metadata, value => value.ToId())),
                ("titles", Array(metadata, value => value.Title)),
                ("descriptions", Array(metadata, value => value.Description)),
                ("summaries", Array(metadata, value => value.Summary)),
                ("gpt", Array(metadata, value => value.GptSummary)));
        }

        batch.Execute(
            InsertSteps,
            ("ids", Array(steps, step => step.Id)),
            ("processes", Array(steps, step => step.Process.Id)),
            ("parents", Array(steps, step => step.ParentId)),
            ("cells", Array(steps, step => step.Cell?.ToId())),
            ("metadata", Array(steps, step => step.Playbook?.ToId())));
        return batch;
    }

    private static TValue[] Array<T, TValue>(IReadOnlyCollection<T> items, Func<T, TValue> value) => [.. items.Select(value)];

    private static StepRecord ReadStep(NpgsqlDataReader reader) => new(
        PostgresProcess.Read(reader, reader.GetGuid(0), 2),
        reader.GetGuidOrNull(1),
        reader.IsDBNull(7) ? null : new CellMetadata(reader.GetString(8), reader.GetString(9), reader.GetBoolean(10), reader.GetBoolean(11)),
        reader.IsDBNull(12) ? null : ReadMetadata(reader, 13));

    private static PlaybookMetadata ReadMetadata(NpgsqlDataReader reader, int column) =>
        new(reader.GetString(column), reader.GetString(column + 1), reader.GetString(column + 2), reader.GetString(column + 3));

    private sealed record StepRecord(PostgresProcess Process, Guid? Parent, CellMetadata? Cell, PlaybookMetadata? Metadata);
}
