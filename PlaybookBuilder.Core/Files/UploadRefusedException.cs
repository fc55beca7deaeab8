namespace PlaybookBuilder.Core.Files;

/// <summary>A file that is not taken, because it is larger than allowed or no room is left for it. The message is for the person who sent it.</summary>
public sealed class UploadRefusedException(string message) : Exception(message)
{
    /// <param name="maxBytes">The most that is taken (<see cref="UploadOptions.Variable"/>).</param>
    public static UploadRefusedException TooLarge(long maxBytes) => new($"The file is larger than the {maxBytes} bytes that are allowed here.");
}
