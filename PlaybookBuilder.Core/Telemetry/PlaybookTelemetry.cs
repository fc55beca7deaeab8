using System.Diagnostics;

namespace PlaybookBuilder.Core.Telemetry;

/// <summary>Under which name the application tells its spans and measurements. Whether anybody listens is for the program to say.</summary>
public static class PlaybookTelemetry
{
    /// <summary>The name of the <see cref="ActivitySource"/> and of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string Name = "PlaybookBuilder";

    public static ActivitySource Spans { get; } = new(Name);
}
