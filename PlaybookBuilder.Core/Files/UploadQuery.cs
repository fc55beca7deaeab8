namespace PlaybookBuilder.Core.Files;

/// <summary>Which uploads are asked for.</summary>
/// <param name="Words">A part of the name, in whatever capitals; empty for all.</param>
internal readonly record struct UploadQuery(string? Words = null, UploadOrder Order = UploadOrder.Newest);
