using System.Globalization;
using PlaybookBuilder.Core.Engine;

namespace PlaybookBuilder.Web.Components.Editor;

/// <summary>How a state is shown: an icon, a word and a colour (a class of app.css), always together.</summary>
internal sealed record StateLook(string Css, string Icon, string Word)
{
    public static StateLook Of(ProcessState state) => state.Phase switch
    {
        ProcessPhase.WaitingForInput => new("waiting", "waiting", "Waiting for input"),
        ProcessPhase.Queued => new("queued", "queued", state.Place is { } place and > 0 ? $"Queued, {place} before it" : "Queued"),
        ProcessPhase.Running => new("running", "running", PercentOf(state) is { } percent ? $"Running {percent}" : "Running"),
        ProcessPhase.Resolved => new("done", "check", "Done"),
        ProcessPhase.Failed => new("failed", "error", "Failed"),
        ProcessPhase.Unavailable => new("unavailable", "unavailable", "Unavailable"),
        _ => new("idle", "idle", "Not computed"),
    };

    public static string? PercentOf(ProcessState state) =>
        state.Progress?.Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{Math.Round(percent)}%") : null;

    public static string Format(TimeSpan duration) => duration switch
    {
        { TotalMilliseconds: < 1 } => "<1 ms",
        { TotalSeconds: < 0.0995 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalMinutes} min {duration.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)duration.TotalHours} h {duration.Minutes} min"),
    };
}
