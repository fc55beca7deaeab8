namespace PlaybookBuilder.Core.Database;

/// <summary>How playbooks are read: the same statements in every database.</summary>
internal static class PlaybookSql
{
    private const string Chain = """
        WITH RECURSIVE chain (id, process_id, parent_id, cell_metadata_id, playbook_metadata_id, depth) AS (
          SELECT id, process_id, parent_id, cell_metadata_id, playbook_metadata_id, 0 FROM step WHERE id = @id
          UNION ALL
          SELECT step.id, step.process_id, step.parent_id, step.cell_metadata_id, step.playbook_metadata_id, chain.depth + 1
          FROM chain JOIN step ON step.id = chain.parent_id)
        """;

    public const string SelectSteps = Chain + """
         SELECT chain.process_id, chain.parent_id, process.type, process.timestamp, data.id, data.type, data.value,
           cell.id, cell.label, cell.description, cell.process_visible, cell.data_visible,
           metadata.id, metadata.title, metadata.description, metadata.summary, metadata.gpt_summary
         FROM chain
         JOIN process ON process.id = chain.process_id
         LEFT JOIN data ON data.id = process.data_id
         LEFT JOIN cell_metadata AS cell ON cell.id = chain.cell_metadata_id
         LEFT JOIN playbook_metadata AS metadata ON metadata.id = chain.playbook_metadata_id
         ORDER BY chain.depth DESC
        """;

    public const string SelectStepInputs = Chain + """
         SELECT DISTINCT input.process_id, input.argument, input.position, input.input_id
         FROM chain JOIN process_input AS input ON input.process_id = chain.process_id
        """;

    private const string Lineage = """
        WITH RECURSIVE lineage (id) AS (
          SELECT id FROM process WHERE id = @id
          UNION
          SELECT input.input_id FROM lineage JOIN process_input AS input ON input.process_id = lineage.id)
        """;

    public const string SelectLineage = Lineage + """
         SELECT process.id, process.type, process.timestamp, data.id, data.type, data.value
         FROM lineage JOIN process ON process.id = lineage.id LEFT JOIN data ON data.id = process.data_id
        """;

    public const string SelectLineageInputs = Lineage + """
         SELECT input.process_id, input.argument, input.position, input.input_id
         FROM lineage JOIN process_input AS input ON input.process_id = lineage.id
        """;

    /// <summary>Whether the bytes of the <c>upload</c> of a statement were found damaged.</summary>
    public const string IsUploadDamaged = "EXISTS (SELECT 1 FROM content_check WHERE content_check.sha256 = upload.sha256 AND content_check.problem IS NOT NULL)";

    /// <summary>An upload as a process finds it. A grant outlives its upload, so that a step can say that the file was deleted.</summary>
    public const string SelectUploadForProcess = Lineage + $"""
         SELECT upload.id, upload.sha256, upload.size, upload.filename, upload.user_id, upload.created, upload.sharing, {IsUploadDamaged},
           EXISTS (
             SELECT 1 FROM lineage
             JOIN process ON process.id = lineage.id
             JOIN upload_grant AS given ON given.data_id = process.data_id AND given.upload_id = @upload)
         FROM (SELECT 1) AS asked LEFT JOIN upload ON upload.id = @upload
        """;

    public const string SelectProcess = """
        SELECT process.id, process.type, process.timestamp, data.id, data.type, data.value
        FROM process LEFT JOIN data ON data.id = process.data_id WHERE process.id = @id
        """;

    public const string SelectInputs = "SELECT process_id, argument, position, input_id FROM process_input WHERE process_id = @id";
    public const string SelectMetadata = "SELECT title, description, summary, gpt_summary FROM playbook_metadata WHERE id = @id";
}
