namespace PlaybookBuilder.Core.Files;

/// <summary>That whoever runs a process with a value may read the upload that the value names: given by somebody who could read it.</summary>
public readonly record struct UploadGrant(Guid DataId, string UploadId);
