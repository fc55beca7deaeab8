namespace PlaybookBuilder.Core.Cavatica.Accounts;

/// <summary>Why a user's account on the platform can't be kept or used.</summary>
public enum CavaticaAccountProblem
{
    /// <summary>No key is kept, or none was given.</summary>
    NoKey,

    /// <summary>The platform does not take the key, or it can't be one.</summary>
    KeyRefused,

    /// <summary>The key that is kept can't be decrypted any more.</summary>
    KeyUnreadable,

    /// <summary>No project is chosen, or the key's owner is no member of it.</summary>
    NoProject,

    /// <summary>What was asked for is not in the project.</summary>
    Missing,

    /// <summary>A session goes on that needs what is kept.</summary>
    InUse,

    /// <summary>The platform does not answer, or not as it should.</summary>
    Unreachable,
}

/// <summary>A user's account on the platform can't be kept or used. The message is for the user, and holds no key.</summary>
public sealed class CavaticaAccountException(CavaticaAccountProblem problem, string message, Exception? innerException = null) : Exception(message, innerException)
{
    public CavaticaAccountProblem Problem { get; } = problem;
}
