using PlaybookBuilder.Core.Components.Files;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>An upload that comes in parts, from any number of requests.</summary>
/// <param name="Id">Random; names it in its address.</param>
/// <param name="Filename">As it will be kept.</param>
/// <param name="Size">Of the whole, in bytes.</param>
/// <param name="Received">How many bytes of it are kept, from the beginning.</param>
/// <param name="Expires">When it is removed unless more of it comes.</param>
/// <param name="File">What it became; null before it is complete, and while the whole is still being looked at.</param>
public sealed record ResumableUpload(string Id, string Filename, long Size, long Received, DateTimeOffset Expires, FileUrl? File = null)
{
    /// <summary>Whether all of its bytes are there.</summary>
    public bool IsComplete => Received == Size;
}
