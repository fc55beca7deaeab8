using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Retention;

/// <summary>
/// Frees old results that no saved playbook holds; whoever asks for one gets it computed again. What something else was computed from, or is to be, is as young as that. Then goes what nothing
/// names any more: values, and files that steps made. One program at a time, in small transactions, so that nobody waits for it.
/// </summary>
internal sealed class CacheFreeing(IModelDatabase database, DeletedUploads deletedUploads, EngineSignals signals, TimeProvider time)
{
    /// <summary>What a run made, and no value names, may belong to a run that goes on.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromDays(1);

    private const int ResultsAtOnce = 200;
    private const int ValuesAtOnce = 2_000;
    private const int FilesAtOnce = 200;

    /// <param name="before">What came before goes; null to leave results alone.</param>
    /// <param name="onFreed">Hears how far it is, after each transaction.</param>
    public async Task<FreedCache> RunAsync(DateTimeOffset? before, Action<FreedCache>? onFreed, CancellationToken cancellationToken)
    {
        var freed = FreedCache.Nothing;
        // From the youngest to the oldest: what was computed from something is seen before it.
        var isComplete = (before is not { } end || await EachAsync(new Place(end, Guid.Empty), FreeResultsAsync, count => Report(freed with { Results = freed.Results + count }), cancellationToken).ConfigureAwait(false))
            && await EachAsync(Guid.Empty, FreeValuesAsync, count => Report(freed with { Values = freed.Values + count }), cancellationToken).ConfigureAwait(false)
            && await EachAsync((DateTimeOffset.UnixEpoch, ""), FreeFilesAsync, count => Report(freed with { Files = freed.Files + count }), cancellationToken).ConfigureAwait(false);
        if (freed.Files > 0) await deletedUploads.FreeAsync(cancellationToken).ConfigureAwait(false);
        return freed with { IsComplete = isComplete };

        void Report(FreedCache now)
        {
            freed = now;
            onFreed?.Invoke(now);
        }
    }

    /// <summary>Goes through a table part by part.</summary>
    /// <returns>Whether it came to the end; not when another program was at it.</returns>
    private static async Task<bool> EachAsync<TPlace>(TPlace first, Func<TPlace, CancellationToken, Task<Part<TPlace>?>> freeAsync, Action<int> report, CancellationToken cancellationToken)
        where TPlace : struct
    {
        for (TPlace? place = first; place is { } at;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await freeAsync(at, cancellationToken).ConfigureAwait(false) is not { } part) return false;

            if (part.Freed > 0) report(part.Freed);
            place = part.Next;
        }

        return true;
    }

    private async Task<Part<Place>?> FreeResultsAsync(Place below, CancellationToken cancellationToken)
    {
        var part = await WriteAloneAsync((context, token) => FreeResultsAsync(context, below, token), cancellationToken).ConfigureAwait(false);
        if (part is not { } freed) return null;

        signals.Publish([.. freed.Results, .. freed.Unqueued], SignalKind.Ended);
        return new Part<Place>(freed.Results.Count, freed.Next);
    }

    private static async Task<FreedResults?> FreeResultsAsync(PlaybookDbContext context, Place below, CancellationToken cancellationToken)
    {
        var (at, id) = below;
        var part = await NotHeld(context)
            .Where(result => result.Created <= at && (result.Created < at || result.ProcessId.CompareTo(id) < 0))
            .OrderByDescending(result => result.Created).ThenByDescending(result => result.ProcessId)
            .Select(result => new Place(result.Created, result.ProcessId)).Take(ResultsAtOnce).ToListAsync(cancellationToken).ConfigureAwait(false);
        Guid[] ids = [.. part.Select(static place => place.ProcessId)];
        // What is being saved at the moment is waited for, and then held.
        if (context.Database.IsNpgsql()) await context.Database.SqlQuery<Guid>($"""SELECT process_id AS "Value" FROM resolution WHERE process_id = ANY({ids}) ORDER BY process_id FOR UPDATE""").ToListAsync(cancellationToken).ConfigureAwait(false);
        var free = await FindFreeAsync(context, ids, cancellationToken).ConfigureAwait(false);

        await context.Set<ResolutionRow>().Where(result => free.Contains(result.ProcessId) && result.Created <= at).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
        var unqueued = await UnqueueAsync(context, free, cancellationToken).ConfigureAwait(false);
        return new FreedResults(free, unqueued, part.Count < ResultsAtOnce ? null : part[^1]);
    }

    /// <summary>Those that nothing was computed from that stays, and nobody wants to compute anything from now.</summary>
    private static async Task<IReadOnlyList<Guid>> FindFreeAsync(PlaybookDbContext context, Guid[] ids, CancellationToken cancellationToken)
    {
        var free = (await NotHeld(context).Where(result => ids.Contains(result.ProcessId)).Select(result => result.ProcessId).ToListAsync(cancellationToken).ConfigureAwait(false)).ToHashSet();
        var uses = await (
            from input in context.Set<ProcessInputRow>()
            where ids.Contains(input.InputId)
                && (context.Set<ResolutionRow>().Any(result => result.ProcessId == input.ProcessId) || context.Set<JobRow>().Any(job => job.ProcessId == input.ProcessId))
            select new { input.InputId, input.ProcessId }).ToListAsync(cancellationToken).ConfigureAwait(false);
        while (uses.Where(use => free.Contains(use.InputId) && !free.Contains(use.ProcessId)).Select(use => use.InputId).ToList() is { Count: > 0 } used) free.ExceptWith(used);
        return [.. free.Order()];
    }

    /// <summary>Jobs that were queued at this very moment wait until somebody asks for what they stand on.</summary>
    /// <returns>These jobs.</returns>
    private static async Task<IReadOnlyList<Guid>> UnqueueAsync(PlaybookDbContext context, IReadOnlyList<Guid> freed, CancellationToken cancellationToken)
    {
        var jobs = context.Set<JobRow>().Where(job => job.State == JobState.Queued && context.Set<ProcessInputRow>().Any(input => input.ProcessId == job.ProcessId && freed.Contains(input.InputId)));
        var ids = await jobs.OrderBy(job => job.ProcessId).Select(job => job.ProcessId).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (ids.Count > 0) await jobs.Where(job => ids.Contains(job.ProcessId)).ExecuteUpdateAsync(set => set.SetProperty(job => job.State, JobState.Waiting).SetProperty(job => job.Worker, (int?)null), cancellationToken).ConfigureAwait(false);
        return ids;
    }

    private async Task<Part<Guid>?> FreeValuesAsync(Guid after, CancellationToken cancellationToken)
    {
        var (ids, unused) = await database.ReadAsync(
            async (context, token) =>
            {
                var part = await context.Set<DataRow>().Where(data => data.Id.CompareTo(after) > 0).OrderBy(data => data.Id).Take(ValuesAtOnce).Select(data => data.Id).ToListAsync(token).ConfigureAwait(false);
                return (part, await Unused(context, part).Select(data => data.Id).ToListAsync(token).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
        var freed = unused.Count == 0 ? 0 : await WriteAloneAsync((context, token) => FreeValuesAsync(context, [.. unused], token), cancellationToken).ConfigureAwait(false);
        return freed is { } count ? new Part<Guid>(count, ids.Count < ValuesAtOnce ? null : ids[^1]) : null;
    }

    private static async Task<int?> FreeValuesAsync(PlaybookDbContext context, Guid[] ids, CancellationToken cancellationToken)
    {
        // Who is about to name one is waited for, and then seen.
        if (context.Database.IsNpgsql()) await context.Database.SqlQuery<Guid>($"""SELECT id AS "Value" FROM data WHERE id = ANY({ids}) ORDER BY id FOR UPDATE""").ToListAsync(cancellationToken).ConfigureAwait(false);
        return await Unused(context, ids).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    private static IQueryable<DataRow> Unused(PlaybookDbContext context, IReadOnlyCollection<Guid> ids) => context.Set<DataRow>()
        .Where(data => ids.Contains(data.Id) && !context.Set<ResolutionRow>().Any(result => result.DataId == data.Id) && !context.Set<ProcessRow>().Any(process => process.DataId == data.Id));

    private async Task<Part<(DateTimeOffset At, string Id)>?> FreeFilesAsync((DateTimeOffset At, string Id) after, CancellationToken cancellationToken)
    {
        var (at, id) = after;
        var before = time.GetUtcNow() - LongestRun;
        return await WriteAloneAsync<Part<(DateTimeOffset, string)>>(
            async (context, token) =>
            {
                var part = await context.Set<UploadRow>()
                    .Where(file => file.UserId == null && file.Created < before && file.Created >= at && (file.Created > at || string.Compare(file.Id, id) > 0))
                    .Where(file => !context.Set<UploadGrantRow>().Any(grant => grant.UploadId == file.Id))
                    .OrderBy(file => file.Created).ThenBy(file => file.Id).Take(FilesAtOnce).ToListAsync(token).ConfigureAwait(false);
                context.RemoveRange(part);
                context.AddRange(part.Select(static file => new DeletedUploadRow { Id = file.Id, Sha256 = file.Sha256 }));
                await context.SaveChangesAsync(token).ConfigureAwait(false);
                return new(part.Count, part.Count < FilesAtOnce ? null : (part[^1].Created, part[^1].Id));
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static IQueryable<ResolutionRow> NotHeld(PlaybookDbContext context) =>
        context.Set<ResolutionRow>().Where(result => !context.Set<SavedPlaybookResultRow>().Any(saved => saved.ProcessId == result.ProcessId));

    /// <summary>Writes while no other program does the same; null when one does.</summary>
    private Task<T?> WriteAloneAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T?>> write, CancellationToken cancellationToken)
        where T : struct => database.WriteAsync(
        async (context, token) => !context.Database.IsNpgsql() || await PostgresLocks.TryHoldAsync(context, PostgresLocks.Retention, token).ConfigureAwait(false)
            ? await write(context, token).ConfigureAwait(false)
            : null,
        cancellationToken);

    /// <summary>Where a result stands among all.</summary>
    private readonly record struct Place(DateTimeOffset Created, Guid ProcessId);

    /// <param name="Next">Where what was not looked at yet begins; null when that was the last.</param>
    private readonly record struct Part<TPlace>(int Freed, TPlace? Next)
        where TPlace : struct;

    private readonly record struct FreedResults(IReadOnlyList<Guid> Results, IReadOnlyList<Guid> Unqueued, Place? Next);
}
