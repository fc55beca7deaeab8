namespace PlaybookBuilder.Core.Storage.Gcs;

/// <summary>The bytes of an object, or of a part of it, that the store sends.</summary>
/// <param name="Length">How many come.</param>
/// <param name="Generation">Of the object: each writing of a name is another.</param>
internal sealed record GcsPart(Stream Content, long Length, long Generation);
