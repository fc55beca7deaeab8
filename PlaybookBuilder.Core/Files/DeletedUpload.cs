namespace PlaybookBuilder.Core.Files;

/// <summary>An upload that was deleted and whose bytes are still to be seen to.</summary>
public sealed record DeletedUpload(string Id, string Sha256);
