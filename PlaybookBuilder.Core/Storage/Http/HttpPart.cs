namespace PlaybookBuilder.Core.Storage.Http;

/// <summary>The bytes of a file, or of a part of it, that a server sends.</summary>
/// <param name="Length">How many come.</param>
internal sealed record HttpPart(Stream Content, long Length, HttpIdentity Identity);
