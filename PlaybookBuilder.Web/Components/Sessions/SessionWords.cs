using System.Globalization;
using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Web.Components.Sessions;

/// <summary>How a session is, as its owner reads it.</summary>
internal static class SessionWords
{
    /// <summary>The stages that every session goes through, in their order.</summary>
    public static readonly IReadOnlyList<ProxySessionState> Stages = [ProxySessionState.Sending, ProxySessionState.Queued, ProxySessionState.Initializing, ProxySessionState.Started, ProxySessionState.Connected];

    /// <summary>The stage in a word.</summary>
    public static string Name(ProxySessionState state) => state switch
    {
        ProxySessionState.Sending => "Sending the job",
        ProxySessionState.Queued => "Queued",
        ProxySessionState.Initializing => "Preparing its machine",
        ProxySessionState.Started => "Started",
        ProxySessionState.Connected => "Connected",
        ProxySessionState.Closing => "Closing",
        ProxySessionState.Closed => "Closed",
        ProxySessionState.Failed => "Failed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No such state."),
    };

    /// <summary>What its owner waits for, or should know.</summary>
    public static string Explain(ProxySession session) => session switch
    {
        { Reason: { } reason } => reason,
        { State: ProxySessionState.Queued } => "It starts when there is room for it.",
        { State: ProxySessionState.Initializing } => "This takes up to 5 minutes.",
        { State: ProxySessionState.Started } => "It connects within 2 minutes.",
        { State: ProxySessionState.Connected, Lost: not null } => "The connection is lost; it comes back by itself.",
        _ => "",
    };

    /// <summary>For how long it has run, or ran: "12 min".</summary>
    public static string Duration(ProxySession session, DateTimeOffset now) => Duration(Span(session, now));

    public static string Duration(TimeSpan span) => span.TotalHours < 1 ? string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min") : string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min");

    /// <summary>What it costs about, in US dollars; null where nobody is charged.</summary>
    public static string? Cost(ProxySession session, DateTimeOffset now) => session.EstimateCost(now) is { } cost ? Cost(cost) : null;

    /// <summary>Duration, and cost where there is one: "12 min · about $0.08".</summary>
    public static string Figures(TimeSpan span, bool isCharged) => isCharged ? $"{Duration(span)} · {Cost(ProxySession.CostOf(span))}" : Duration(span);

    public static string Figures(ProxySession session, DateTimeOffset now) => Figures(Span(session, now), session.IsCharged);

    private static string Cost(decimal cost) => string.Create(CultureInfo.InvariantCulture, $"about ${cost:0.00}");

    private static TimeSpan Span(ProxySession session, DateTimeOffset now)
    {
        var span = (session.Ended ?? now) - session.Created;
        return span < TimeSpan.Zero ? TimeSpan.Zero : span;
    }
}
