namespace PlaybookBuilder.Core.Engine;

/// <summary>
/// The process for which something is being done, from the beginning of its run down to the files that it opens. Process types are shared by all runs and know none of them, so it goes with the flow of the run.
/// </summary>
internal static class RunningProcess
{
    private static readonly AsyncLocal<Guid?> Present = new();

    /// <summary>Null outside of any.</summary>
    public static Guid? Id => Present.Value;

    /// <summary>Does something in the name of a process.</summary>
    public static async Task<T> RunAsync<T>(Guid processId, Func<Task<T>> work)
    {
        // Taken back by the runtime when this method ends.
        Present.Value = processId;
        return await work().ConfigureAwait(false);
    }
}
