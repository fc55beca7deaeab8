using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Core.Database;

// Records of files.

internal sealed class UploadRow
{
    /// <summary>Random: it names the upload in <c>drs://</c> links.</summary>
    public required string Id { get; init; }

    public required string Sha256 { get; init; }

    public required long Size { get; init; }

    public required string Filename { get; init; }

    /// <summary>Null for a file that a process made.</summary>
    public Guid? UserId { get; init; }

    public required DateTimeOffset Created { get; init; }

    public UploadSharing Sharing { get; init; }
}

/// <summary>An upload that comes in parts, each kept when it is there; it goes when it is complete, given up or too old.</summary>
internal sealed class ResumableUploadRow
{
    /// <summary>Random: it names the upload in its address, and the folder of its parts.</summary>
    public required string Id { get; init; }

    public required Guid UserId { get; init; }

    public required string Filename { get; init; }

    /// <summary>Of the whole, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>How many bytes of it are kept, from the beginning.</summary>
    public required long Received { get; init; }

    public required DateTimeOffset Created { get; init; }

    public required DateTimeOffset Expires { get; init; }

    /// <summary>What it became; null before it is complete.</summary>
    public string? UploadId { get; init; }
}

/// <summary>That the bytes of a content were read again and compared with its checksum.</summary>
internal sealed class ContentCheckRow
{
    public required string Sha256 { get; init; }

    public required DateTimeOffset Checked { get; set; }

    /// <summary>What was wrong; null when they were right.</summary>
    public string? Problem { get; set; }
}

/// <summary>An upload that was deleted and whose bytes are still to be removed, unless they are those of another upload too.</summary>
internal sealed class DeletedUploadRow
{
    /// <summary>That of the upload.</summary>
    public required string Id { get; init; }

    public required string Sha256 { get; init; }
}

/// <summary>That whoever runs a process with this data may read this upload: given by somebody who could. It stays when the upload is deleted, so that steps can say so.</summary>
internal sealed class UploadGrantRow
{
    public required Guid DataId { get; init; }

    public required string UploadId { get; init; }
}
