using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Secrets;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Counts who opens published playbooks: each visitor once a day, by a hash whose key is another one every day.</summary>
public sealed class PlaybookClicks
{
    private const int HashBytes = 16;

    private readonly IModelDatabase _database;
    private readonly TimeProvider _time;
    private readonly byte[] _secret;

    internal PlaybookClicks(IModelDatabase database, AppSecret secret, TimeProvider time)
    {
        _database = database;
        _time = time;
        // Without a secret there is one program only, and what it forgets at its end are visitors of today.
        _secret = secret.FindKey("clicks") ?? RandomNumberGenerator.GetBytes(HashBytes);
    }

    /// <summary>Counts a visitor, unless he or she was counted today or it is the owner.</summary>
    /// <param name="visitor">Who it is where nobody is signed in: a network address and what the browser says of itself.</param>
    /// <returns>The published playbook.</returns>
    /// <exception cref="AccessException">No such playbook is published.</exception>
    public async Task<SavedPlaybook> OpenAsync(Actor actor, Guid id, string visitor, CancellationToken cancellationToken)
    {
        var saved = await _database.ReadAsync(
            async (context, token) => await SavedPlaybookRead.ReadAsync(context, await context.Set<SavedPlaybookRow>().Where(row => row.Id == id && row.Published != null && row.Deleted == null).ToListAsync(token).ConfigureAwait(false), token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false) is [var found] ? found : throw AccessException.NotFound("No such playbook is published.");
        if (actor.Owns(saved.UserId)) return saved;

        var day = (int)(_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalDays;
        var hash = Hash(day, actor.UserId is { } user ? $"user {user}" : $"visitor {visitor}");
        await _database.WriteBesideOthersAsync((context, token) => CountAsync(context, id, day, hash, token), cancellationToken).ConfigureAwait(false);
        return saved;
    }

    private static async Task<bool> CountAsync(PlaybookDbContext context, Guid id, int day, string visitor, CancellationToken cancellationToken)
    {
        if (await context.Set<SavedPlaybookClickRow>().AnyAsync(row => row.SavedPlaybookId == id && row.Day == day && row.Visitor == visitor, cancellationToken).ConfigureAwait(false)) return false;

        context.Add(new SavedPlaybookClickRow { SavedPlaybookId = id, Day = day, Visitor = visitor });
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        await context.Set<SavedPlaybookRow>().Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Clicks, row => row.Clicks + 1), cancellationToken).ConfigureAwait(false);
        return true;
    }

    private string Hash(int day, string visitor)
    {
        var key = HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(day.ToString(CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(visitor))[..HashBytes]);
    }
}
