using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Files;

/// <summary>How much each user may have uploaded (<see cref="UploadOptions.QuotaVariable"/>). Each upload counts, though the same content is stored once, and so does what came of those that are not complete.</summary>
/// <remarks>Whoever uploads several files at the same moment may end a little above it.</remarks>
public sealed class UploadQuota
{
    private readonly IModelDatabase _database;
    private readonly IOptions<UploadOptions> _options;

    internal UploadQuota(IModelDatabase database, IOptions<UploadOptions> options) => (_database, _options) = (database, options);

    /// <summary>What the user's uploads take.</summary>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    public async Task<UploadRoom> ReadAsync(Actor actor, CancellationToken cancellationToken) =>
        new(await MeasureAsync(actor.RequireUser(AccessScopes.Read), cancellationToken).ConfigureAwait(false), _options.Value.QuotaBytes);

    /// <summary>How many more bytes a user may upload; null without a limit.</summary>
    internal async Task<long?> FindRoomAsync(Guid userId, CancellationToken cancellationToken) =>
        _options.Value.QuotaBytes is { } quota ? Math.Max(0, quota - await MeasureAsync(userId, cancellationToken).ConfigureAwait(false)) : null;

    /// <summary>Sees that a user has room for more bytes.</summary>
    /// <exception cref="UploadRefusedException">There is none.</exception>
    internal async Task RequireRoomAsync(Guid userId, long bytes, CancellationToken cancellationToken)
    {
        if (_options.Value.QuotaBytes is not { } quota) return;

        var used = await MeasureAsync(userId, cancellationToken).ConfigureAwait(false);
        if (used + bytes > quota) throw RefusalOf(Math.Max(0, quota - used));
    }

    /// <param name="room">How many more bytes the user may upload.</param>
    internal UploadRefusedException RefusalOf(long room) =>
        new($"There is no room for this file: your uploads may take {_options.Value.QuotaBytes} bytes here, of which {room} are left. Delete uploads that you need no more, and try again.");

    private Task<long> MeasureAsync(Guid userId, CancellationToken cancellationToken) => _database.ReadAsync(
        async (context, token) =>
            await context.Set<UploadRow>().Where(row => row.UserId == userId).SumAsync(row => row.Size, token).ConfigureAwait(false)
            + await context.Set<ResumableUploadRow>().Where(row => row.UserId == userId && row.UploadId == null).SumAsync(row => row.Received, token).ConfigureAwait(false),
        cancellationToken);
}
