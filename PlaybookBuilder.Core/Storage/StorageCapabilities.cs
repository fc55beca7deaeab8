namespace PlaybookBuilder.Core.Storage;

/// <summary>What a store can do beyond the contract's minimum.</summary>
/// <param name="SeekableReads">The streams of <see cref="IStorage.OpenReadAsync"/> can seek.</param>
/// <param name="SignedReadUrls"><see cref="IStorage.SignReadUrlAsync"/> works.</param>
public sealed record StorageCapabilities(bool SeekableReads, bool SignedReadUrls)
{
    /// <summary>Whose cloud it is, as GA4GH DRS calls it (<c>aws</c>, <c>gcp</c>, <c>azure</c>); null for none of these.</summary>
    public string? Cloud { get; init; }
}
