namespace PlaybookBuilder.Core.Storage;

/// <summary>What a store can do beyond the contract's minimum.</summary>
/// <param name="SeekableReads">The streams of <see cref="IStorage.OpenReadAsync"/> can seek.</param>
/// <param name="SignedReadUrls"><see cref="IStorage.SignReadUrlAsync"/> works.</param>
/// <param name="Writable">Blobs can be written, copied, moved and deleted; without it all of that is <see cref="StorageErrorKind.Unsupported"/>.</param>
/// <param name="Listable"><see cref="IStorage.ListAsync"/> works; without it that is <see cref="StorageErrorKind.Unsupported"/>.</param>
/// <param name="SnapshotReads">
/// A stream reads what its blob was when it was opened, whatever happens. Without it the store keeps nothing that was replaced or deleted: a stream whose connection broke after that, or
/// that was moved to another place, fails with <see cref="StorageErrorKind.Failed"/>. It never goes on with other bytes.
/// </param>
public sealed record StorageCapabilities(bool SeekableReads, bool SignedReadUrls, bool Writable = true, bool Listable = true, bool SnapshotReads = true)
{
    /// <summary>Whose cloud it is, as GA4GH DRS calls it (<c>aws</c>, <c>gcp</c>, <c>azure</c>); null for none of these.</summary>
    public string? Cloud { get; init; }
}
