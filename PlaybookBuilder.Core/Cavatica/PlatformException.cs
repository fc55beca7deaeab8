namespace PlaybookBuilder.Core.Cavatica;

/// <summary>A platform refused, failed or can't be reached. No message holds a token or a signed address.</summary>
public abstract class PlatformException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>The same call may succeed later, with nothing changed by the caller.</summary>
    public abstract bool IsRetryable { get; }

    /// <summary>The answer was lost: the call may have been carried out all the same. Of no meaning for a call that only asks.</summary>
    public bool IsInDoubt { get; init; }
}
