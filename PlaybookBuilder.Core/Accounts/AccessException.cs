namespace PlaybookBuilder.Core.Accounts;

/// <summary>Why something was refused.</summary>
public enum AccessProblem
{
    /// <summary>It takes a sign-in.</summary>
    NotSignedIn,

    /// <summary>There is no such thing, or it is not yours: the two are not told apart.</summary>
    NotFound,

    /// <summary>The token, not its owner, lacks the right.</summary>
    Forbidden,
}

/// <summary>Something that may not be done. The message is for the person who asked.</summary>
public sealed class AccessException(AccessProblem problem, string message) : Exception(message)
{
    public AccessProblem Problem { get; } = problem;

    public static AccessException NotFound(string message) => new(AccessProblem.NotFound, message);
}
