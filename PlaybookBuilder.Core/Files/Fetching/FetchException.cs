namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>Why a file could not be fetched.</summary>
public enum FetchProblem
{
    /// <summary>The URL is none that files are fetched from.</summary>
    Refused,

    /// <summary>The server answered, but not with the file.</summary>
    NotGiven,

    /// <summary>The server can't be reached, or broke off.</summary>
    Unreachable,

    /// <summary>The server was too slow.</summary>
    TooSlow,

    /// <summary>The file is larger than is taken.</summary>
    TooLarge,
}

/// <summary>A file that could not be fetched. The message is for whoever gave the URL: it tells no addresses of machines.</summary>
public sealed class FetchException(FetchProblem problem, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public FetchProblem Problem { get; } = problem;
}
