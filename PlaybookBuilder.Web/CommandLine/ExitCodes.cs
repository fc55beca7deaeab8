namespace PlaybookBuilder.Web.CommandLine;

/// <summary>What the commands end with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A step failed, or is of a type that does not exist here.</summary>
    public const int StepFailed = 1;

    /// <summary>The command can't be carried out as it was given.</summary>
    public const int BadUsage = 2;

    /// <summary>It was interrupted.</summary>
    public const int Interrupted = 130;
}

/// <summary>A command can't be carried out as it was given. The message is one line for the person who gave it.</summary>
internal sealed class UsageException(string message) : Exception(message);
