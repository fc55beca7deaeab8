namespace PlaybookBuilder.Core.Catalog;

/// <summary>A process cannot give a result from these inputs. The message is the result that the researcher reads.</summary>
public sealed class ProcessFailedException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>A process failed for a reason that may pass (network, 429, 5xx, time-out); it is tried again before it becomes an error.</summary>
public sealed class TransientException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>How long the other side asked to be left alone, if it did.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
