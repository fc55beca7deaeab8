using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Administration.Storage;

/// <summary>What uploads take. All records have to be read for it.</summary>
internal sealed class StorageMeasure(IModelDatabase database, IUploadStore uploads, TimeProvider time, ILogger<StorageMeasure> logger)
{
    private const int Most = 20;

    private readonly LastMeasure<StorageUse> _last = new(token => MeasureAsync(database, uploads, time, token), time, logger);

    /// <summary>The last measure; null while the first is under way.</summary>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<StorageUse?> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        return _last.ReadAsync(cancellationToken);
    }

    /// <summary>Measures unless the last measure is fresh.</summary>
    internal Task Begin() => _last.Begin();

    private static async Task<StorageUse> MeasureAsync(IModelDatabase database, IUploadStore uploads, TimeProvider time, CancellationToken cancellationToken)
    {
        var stored = await uploads.MeasureAsync(cancellationToken).ConfigureAwait(false);
        var (largest, users) = await database.ReadAsync(SelectAsync, cancellationToken).ConfigureAwait(false);
        return new StorageUse(stored, largest, users, time.GetUtcNow());
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
}
