namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>The one exception of <see cref="WesClient"/>.</summary>
public sealed class WesException(WesErrorKind kind, string message, Exception? innerException = null) : PlatformException(message, innerException)
{
    public WesErrorKind Kind { get; } = kind;

    /// <summary>The status of the answer; null when there was none.</summary>
    public int? Status { get; init; }

    public override bool IsRetryable => Kind == WesErrorKind.Unavailable;
}
