namespace PlaybookBuilder.Core.Catalog;

/// <summary>What a running process tells of itself.</summary>
/// <param name="Percent">0 to 100; null when it is not known.</param>
/// <param name="Message">What is being done; null when there is nothing to say.</param>
public sealed record ProgressReport(double? Percent, string? Message, bool IsWarning = false);

/// <summary>Where a running process tells how far it is.</summary>
public sealed class Progress(Action<ProgressReport> receive)
{
    public static readonly Progress None = new(static _ => { });

    /// <param name="percent">0 to 100.</param>
    public void Report(double percent, string? message = null) => receive(new ProgressReport(Math.Clamp(percent, 0, 100), message));

    public void Info(string message) => receive(new ProgressReport(null, message));

    public void Warn(string message) => receive(new ProgressReport(null, message, IsWarning: true));
}
