namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>The one exception of <see cref="SevenBridgesClient"/>.</summary>
public sealed class SevenBridgesException(SevenBridgesErrorKind kind, string message, Exception? innerException = null) : PlatformException(message, innerException)
{
    public SevenBridgesErrorKind Kind { get; } = kind;

    /// <summary>The status of the answer; null when there was none.</summary>
    public int? Status { get; init; }

    /// <summary>The platform's own number of the error, as in its table of status codes; null when it gave none.</summary>
    public int? Code { get; init; }

    public override bool IsRetryable => Kind is SevenBridgesErrorKind.RateLimited or SevenBridgesErrorKind.Maintenance or SevenBridgesErrorKind.Unavailable;
}
