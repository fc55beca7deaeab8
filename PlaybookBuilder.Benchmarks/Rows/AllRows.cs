namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>The rows in the order of the table.</summary>
internal static class AllRows
{
    public static IReadOnlyList<IRow> InOrder { get; } =
    [
        new DurabilityRow(), new StartRow(), new ExtendPageRow(), new PostRow(), new OutputRow(), new ChainRow(), new AirwayRow(), new CircuitMemoryRow(),
        new PostgresPostRow(), new PostgresOutputRow(), new PostgresDrainRow(), new PostgresKillRow(),
        new PostgresRestartRow(), new PostgresBrowserRow(), new PostgresChaosRow(), new PostgresMillionRow(), new PostgresMillionDelayRow(), new AdminPagesRow(),
        new FileUploadRow(), new SameContentRow(), new DrsDataRow(), new DrsMetadataRow(), new IngestKillsRow(),
        new SessionTransferRow(), new SessionRequestsRow(), new SessionMemoryRow(), new SessionFaultsRow(), new SessionBodiesRow(),
    ];
}
