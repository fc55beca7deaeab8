using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Hosting;

namespace PlaybookBuilder.Core.Files.Checks;

/// <summary>Checks, some time of every hour, what was not checked for long: one program for all.</summary>
internal sealed partial class ContentChecksWorker(IOptions<CheckOptions> options, ContentChecks checks, SharedTurns turns, TimeProvider time, ILogger<ContentChecksWorker> logger)
    : PeriodicWorker(ContentChecksWorker.Interval, time, logger)
{
    internal static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private static readonly TimeSpan Rest = Interval * 0.8;

    // Done before the next one may begin.
    private static readonly TimeSpan Longest = Interval * 0.7;

    internal override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Days == 0 || !await turns.TryTakeAsync("content checks", Rest, cancellationToken).ConfigureAwait(false)) return;

        var now = Time.GetUtcNow();
        var done = await checks.RunAsync(now - TimeSpan.FromDays(options.Value.Days), now + Longest, cancellationToken).ConfigureAwait(false);
        if (done.Contents > 0) LogChecked(Logger, done.Contents, done.Damaged);
    }

    [LoggerMessage(LogLevel.Information, "Read {Contents} stored contents again; {Damaged} are damaged")]
    private static partial void LogChecked(ILogger logger, int contents, int damaged);
}
