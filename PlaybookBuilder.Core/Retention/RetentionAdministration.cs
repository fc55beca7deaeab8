using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Retention;

/// <summary>What the limits of the cache hold and would free, for administrators.</summary>
internal sealed class RetentionAdministration(IOptions<RetentionOptions> limits, CacheReading reading, CacheFreeing freeing, AuditLog audit, TimeProvider time, ILogger<RetentionAdministration> logger)
{
    private readonly LastMeasure<CacheUse> _last = new(reading.ReadAsync, time, logger);

    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public async Task<RetentionSummary> ReadAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        var (age, size) = (limits.Value.MaxAgeDays, limits.Value.MaxBytes);
        if (await _last.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } use) return new RetentionSummary(age, size, null, null, null, null);

        var before = RetentionRule.FreedBefore(limits.Value, use, time.GetUtcNow());
        return new RetentionSummary(age, size, use.Held, use.Cached, before is { } moment ? use.Before(moment) : KeptResults.None, use.Measured) { Ages = AgeOfResults.Of(use) };
    }

    /// <summary>Frees results that are older than so many days, whatever the limits are, and what nothing names any more.</summary>
    /// <param name="onFreed">Hears how far it is.</param>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    /// <exception cref="WorkflowException">That is no number of days.</exception>
    public async Task<FreedCache> FreeAsync(Actor actor, int days, string address, Action<FreedCache>? onFreed, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        if (days is < 0 or > RetentionOptions.MostDays) throw WorkflowException.Invalid($"it may be a whole number of days from 0 to {RetentionOptions.MostDays}.", "days");

        var what = string.Create(CultureInfo.InvariantCulture, $"older than {days} {(days == 1 ? "day" : "days")}");
        // It takes many transactions: if the program dies in between, the log tells of the beginning alone.
        await audit.RecordAsync(actor, "cache.free", what, "begins", address, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var (asked, youngest) = (now.AddDays(-days), now - RetentionRule.AlwaysKept);
        var freed = await freeing.RunAsync(asked < youngest ? asked : youngest, onFreed, cancellationToken).ConfigureAwait(false);
        await audit.RecordAsync(actor, "cache.free", what, string.Create(CultureInfo.InvariantCulture, $"freed {freed.Results} results, {freed.Values} values, {freed.Files} files{(freed.IsComplete ? "" : "; another program goes on")}"), address, cancellationToken).ConfigureAwait(false);
        // Whoever looks next is not to see what is gone.
        _last.Forget();
        await _last.Begin().WaitAsync(cancellationToken).ConfigureAwait(false);
        return freed;
    }
}
