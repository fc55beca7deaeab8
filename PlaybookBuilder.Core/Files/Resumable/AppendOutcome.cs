namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>What became of bytes that were sent for a resumable upload.</summary>
public abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>They are kept.</summary>
    public sealed record Kept(ResumableUpload Upload) : AppendOutcome;

    /// <summary>They don't begin where the upload ends, or others were faster.</summary>
    /// <param name="Received">Where it ends now.</param>
    public sealed record Elsewhere(long Received) : AppendOutcome;

    /// <summary>They are not those whose checksum was announced; none is kept.</summary>
    public sealed record Corrupt : AppendOutcome;

    /// <summary>They are more than the upload was announced to have.</summary>
    /// <param name="Missing">How many were missing.</param>
    public sealed record TooMany(long Missing) : AppendOutcome;
}
