using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Files.Checks;

/// <summary>What <see cref="ContentChecks"/> found wrong, for whoever has the right bytes in hand.</summary>
public sealed class KnownDamage
{
    private readonly IModelDatabase _database;

    internal KnownDamage(IModelDatabase database) => _database = database;

    /// <summary>Whether the stored bytes of a content are known not to be it.</summary>
    public Task<bool> IsKnownAsync(string sha256, CancellationToken cancellationToken) =>
        _database.ReadAsync((context, token) => context.Set<ContentCheckRow>().AnyAsync(check => check.Sha256 == sha256 && check.Problem != null, token), cancellationToken);

    /// <summary>Forgets what was wrong, because the bytes were replaced. They count as never checked: where some were lost, the next check looks soon.</summary>
    public Task ForgetAsync(string sha256, CancellationToken cancellationToken) =>
        _database.WriteAsync((context, token) => context.Set<ContentCheckRow>().Where(check => check.Sha256 == sha256 && check.Problem != null).ExecuteDeleteAsync(token), cancellationToken);
}
