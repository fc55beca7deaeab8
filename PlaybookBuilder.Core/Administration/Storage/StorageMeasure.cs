using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Administration.Storage;

/// <summary>What uploads take. All records have to be read for it, so that is done beside whoever asks, and not again while the last measure is fresh.</summary>
internal sealed partial class StorageMeasure(IModelDatabase database, IUploadStore uploads, TimeProvider time, ILogger<StorageMeasure> logger)
{
    private const int Most = 20;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private StorageUse? _last;
    private Task _measuring = Task.CompletedTask;

    /// <summary>The last measure; null while the first is under way.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public async Task<StorageUse?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        await Task.WhenAny(Begin(), Task.Delay(LongestWait, time, cancellationToken)).ConfigureAwait(false);
        return _last;
    }

    /// <summary>Measures unless the last measure is fresh.</summary>
    internal Task Begin()
    {
        lock (_lock)
        {
            var isFresh = _last is { } last && time.GetUtcNow() - last.Measured < Fresh;
            if (!isFresh && _measuring.IsCompleted) _measuring = Task.Run(MeasureAsync);
            return isFresh ? Task.CompletedTask : _measuring;
        }
    }

    private async Task MeasureAsync()
    {
        try
        {
            var stored = await uploads.MeasureAsync(CancellationToken.None).ConfigureAwait(false);
            var (largest, users) = await database.ReadAsync(SelectAsync, CancellationToken.None).ConfigureAwait(false);
            _last = new StorageUse(stored, largest, users, time.GetUtcNow());
        }
        catch (Exception exception)
        {
            // Nobody waits for it; whoever looks again asks again.
            LogFailure(exception);
        }
    }

    private static async Task<(IReadOnlyList<UploadSummary> Largest, IReadOnlyList<StorageOfUser> Users)> SelectAsync(PlaybookDbContext context, CancellationToken cancellationToken)
    {
        var largest = await UploadAdministration.Summarize(context, context.Set<UploadRow>().OrderByDescending(row => row.Size).Take(Most)).ToListAsync(cancellationToken).ConfigureAwait(false);
        var users = await context.Set<UploadRow>().GroupBy(row => row.UserId)
            .Select(of => new { UserId = of.Key, Uploads = of.Count(), Bytes = of.Sum(row => row.Size) })
            .OrderByDescending(of => of.Bytes).Take(Most).ToListAsync(cancellationToken).ConfigureAwait(false);
        Guid[] ids = [.. users.Select(of => of.UserId).OfType<Guid>()];
        var names = await context.Set<UserAccountRow>().Where(user => ids.Contains(user.Id)).ToDictionaryAsync(user => user.Id, user => user.Name, cancellationToken).ConfigureAwait(false);
        return ([.. largest.OrderByDescending(upload => upload.Size)], [.. users.Select(of => new StorageOfUser(of.UserId, of.UserId is { } id ? names.GetValueOrDefault(id) : null, of.Uploads, of.Bytes))]);
    }

    [LoggerMessage(LogLevel.Warning, "What uploads take could not be measured")]
    private partial void LogFailure(Exception exception);
}
