namespace PlaybookBuilder.Core.Files;

/// <summary>How much of what a user may upload is used.</summary>
/// <param name="Used">In bytes.</param>
/// <param name="Quota">In bytes; null without a limit.</param>
public sealed record UploadRoom(long Used, long? Quota);
