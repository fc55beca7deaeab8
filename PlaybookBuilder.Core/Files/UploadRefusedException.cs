namespace PlaybookBuilder.Core.Files;

/// <summary>A file that is not taken, because it is larger than allowed or no room is left for it. The message is for the person who sent it.</summary>
public sealed class UploadRefusedException(string message) : Exception(message);
