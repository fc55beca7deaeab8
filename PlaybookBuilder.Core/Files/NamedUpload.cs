namespace PlaybookBuilder.Core.Files;

/// <summary>An upload that a value names.</summary>
/// <param name="Grant">Which value names which upload.</param>
/// <param name="IsGranted">Whether the value was kept for somebody who could read the upload.</param>
public sealed record NamedUpload(UploadGrant Grant, Upload Upload, bool IsGranted);

/// <summary>What a running process finds of an upload.</summary>
/// <param name="Upload">Null where there is none, or none any more.</param>
/// <param name="IsGranted">Whether a value that the process stands on was granted it; such a grant stays when the upload is deleted.</param>
public sealed record UploadForProcess(Upload? Upload, bool IsGranted);
