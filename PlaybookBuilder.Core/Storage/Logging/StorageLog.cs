using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Core.Storage.Logging;

/// <summary>Lines about the calls of a storage: at Debug what was done and how long it took, at Warning what failed.</summary>
internal sealed partial class StorageLog(ILogger logger)
{
    public async Task<T> RunAsync<T>(string call, StoragePath? path, Func<Task<T>> action)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var result = await action().ConfigureAwait(false);
            Done(call, path?.Value, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            return result;
        }
        catch (StorageException error)
        {
            Failed(call, path?.Value, error.Kind, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Storage {Call} of '{Path}' took {Milliseconds:0.0} ms")]
    private partial void Done(string call, string? path, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Storage {Call} of '{Path}' failed as {Kind} after {Milliseconds:0.0} ms")]
    private partial void Failed(string call, string? path, StorageErrorKind kind, double milliseconds);
}
