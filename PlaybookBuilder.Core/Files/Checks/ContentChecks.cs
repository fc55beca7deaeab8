using System.Buffers;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Core.Files.Checks;

/// <summary>Reads what is stored again, and compares it with the checksum under which it lies: disks and stores lose bits without a word.</summary>
internal sealed partial class ContentChecks(IModelDatabase database, IStorage storage, TimeProvider time, ILogger<ContentChecks> logger)
{
    private const int ContentsAtOnce = 100;
    private const int BufferSize = 128 * 1024;

    /// <summary>Checks contents that were not since a time, in the order of their checksums, and after them those that are known to be damaged: nobody gets these, so what was put back is to be found soon.</summary>
    /// <param name="until">When to leave the rest for another time.</param>
    /// <exception cref="StorageException">The store does not answer at the moment; nothing is said of what it holds.</exception>
    public async Task<CheckedContents> RunAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var begun = time.GetUtcNow();
        var due = await RunAsync((after, token) => SelectAsync(after, since, token), until, cancellationToken).ConfigureAwait(false);
        var damaged = await RunAsync((after, token) => SelectDamagedAsync(after, begun, token), until, cancellationToken).ConfigureAwait(false);
        if (time.GetUtcNow() < until) await ForgetDeletedAsync(cancellationToken).ConfigureAwait(false);
        return new CheckedContents(due.Contents + damaged.Contents, due.Damaged + damaged.Damaged);
    }

    private async Task<CheckedContents> RunAsync(Func<string, CancellationToken, Task<List<(string Sha256, long Size)>>> select, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var done = new CheckedContents(0, 0);
        for (var after = ""; await select(after, cancellationToken).ConfigureAwait(false) is { Count: > 0 } contents; after = contents[^1].Sha256)
        {
            foreach (var (sha256, size) in contents)
            {
                if (time.GetUtcNow() >= until) return done;

                var started = time.GetTimestamp();
                var problem = await FindProblemAsync(sha256, size, cancellationToken).ConfigureAwait(false);
                if (await KeepAsync(sha256, problem, cancellationToken).ConfigureAwait(false)) done = new CheckedContents(done.Contents + 1, done.Damaged + (problem is null ? 0 : 1));
                // Half of what disk and network can do is for who waits.
                await Task.Delay(time.GetElapsedTime(started), time, cancellationToken).ConfigureAwait(false);
            }
        }

        return done;
    }

    private Task<List<(string Sha256, long Size)>> SelectDamagedAsync(string after, DateTimeOffset before, CancellationToken cancellationToken) => database.ReadAsync(
        async (context, token) =>
        {
            var due = await context.Set<ContentCheckRow>()
                .Where(check => check.Problem != null && check.Checked < before && string.Compare(check.Sha256, after) > 0)
                .OrderBy(check => check.Sha256).Take(ContentsAtOnce)
                .Select(check => new { check.Sha256, Size = context.Set<UploadRow>().Where(upload => upload.Sha256 == check.Sha256).Max(upload => (long?)upload.Size) }).ToListAsync(token).ConfigureAwait(false);
            return due.ConvertAll(static content => (content.Sha256, content.Size ?? 0));
        },
        cancellationToken);

    private Task ForgetDeletedAsync(CancellationToken cancellationToken) =>
        database.WriteAsync((context, token) => context.Set<ContentCheckRow>().Where(check => !context.Set<UploadRow>().Any(upload => upload.Sha256 == check.Sha256)).ExecuteDeleteAsync(token), cancellationToken);

    private Task<List<(string Sha256, long Size)>> SelectAsync(string after, DateTimeOffset since, CancellationToken cancellationToken) => database.ReadAsync(
        async (context, token) =>
        {
            var due = await context.Set<UploadRow>()
                .Where(upload => string.Compare(upload.Sha256, after) > 0 && !context.Set<ContentCheckRow>().Any(check => check.Sha256 == upload.Sha256 && check.Checked >= since))
                .GroupBy(upload => upload.Sha256).Select(same => new { Sha256 = same.Key, Size = same.Max(upload => upload.Size) })
                .OrderBy(content => content.Sha256).Take(ContentsAtOnce).ToListAsync(token).ConfigureAwait(false);
            return due.ConvertAll(static content => (content.Sha256, content.Size));
        },
        cancellationToken);

    /// <returns>What is wrong; null when nothing is.</returns>
    private async Task<string?> FindProblemAsync(string sha256, long size, CancellationToken cancellationToken)
    {
        try
        {
            var content = await storage.OpenReadAsync(FileIngest.PathOf(sha256), null, cancellationToken).ConfigureAwait(false);
            await using (content.ConfigureAwait(false))
            {
                var (found, length) = await HashAsync(content, cancellationToken).ConfigureAwait(false);
                if (length != size) return $"It has {length} bytes and should have {size}.";

                return found == sha256 ? null : "Its bytes have another checksum.";
            }
        }
        catch (StorageException error) when (!error.IsRetryable)
        {
            return error.Kind == StorageErrorKind.NotFound ? "Its bytes are gone." : $"It can't be read: {error.Message}";
        }
    }

    private static async Task<(string Sha256, long Length)> HashAsync(Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, length) = (ArrayPool<byte>.Shared.Rent(BufferSize), 0L);
        try
        {
            while (await content.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                hash.AppendData(buffer, 0, count);
                length += count;
            }

            return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>Whether it is still of somebody: what was deleted meanwhile is missed by nobody.</returns>
    private async Task<bool> KeepAsync(string sha256, string? problem, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isWanted = await database.WriteAsync(
            async (context, token) =>
            {
                if (!await context.Set<UploadRow>().AnyAsync(upload => upload.Sha256 == sha256, token).ConfigureAwait(false)) return false;

                if (await context.Set<ContentCheckRow>().SingleOrDefaultAsync(check => check.Sha256 == sha256, token).ConfigureAwait(false) is { } known) (known.Checked, known.Problem) = (now, problem);
                else context.Add(new ContentCheckRow { Sha256 = sha256, Checked = now, Problem = problem });
                await context.SaveChangesAsync(token).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
        if (isWanted && problem is not null) LogDamaged(sha256, problem);
        return isWanted;
    }

    [LoggerMessage(LogLevel.Error, "The stored content {Sha256} is damaged. {Problem} Upload the same file again, or put it back from a backup")]
    private partial void LogDamaged(string sha256, string problem);
}
