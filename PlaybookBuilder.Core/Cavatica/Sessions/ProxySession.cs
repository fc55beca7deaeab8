using PlaybookBuilder.Core.Cavatica.Launchers;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>A session as its owner sees it.</summary>
/// <param name="Launcher">What runs its worker.</param>
/// <param name="Project">Where its files are; empty where they stay with the worker.</param>
/// <param name="Reason">Why it ended, or what it waits for; null where the state says all.</param>
/// <param name="Connected">When its worker first dialled.</param>
/// <param name="Lost">Since when its worker, which had dialled, is not connected.</param>
public sealed record ProxySession(
    Guid Id,
    Guid UserId,
    string Launcher,
    string Project,
    ProxySessionState State,
    string? RunId,
    string? Reason,
    DateTimeOffset Created,
    DateTimeOffset? Connected,
    DateTimeOffset? Ended,
    DateTimeOffset? Lost)
{
    // Of the machine that the worker asks for, in tasks that ran.
    private const decimal DollarsPerMinute = 0.007m;

    public bool IsLive => Ended is null;

    /// <summary>About what it has cost so far, in US dollars, its time in the queue included; null where nobody is charged.</summary>
    /// <param name="now">The time, for one that has not ended.</param>
    public decimal? EstimateCost(DateTimeOffset now) => IsCharged ? CostOf((Ended ?? now) - Created) : null;

    /// <summary>Whether somebody pays for the machine of its worker.</summary>
    public bool IsCharged => Launcher != LocalLauncher.LauncherName;

    /// <summary>About what a session of this length costs, in US dollars.</summary>
    public static decimal CostOf(TimeSpan span) => DollarsPerMinute * (decimal)Math.Max(0, span.TotalMinutes);
}
