namespace PlaybookBuilder.Core.Storage;

/// <summary>What a store can do beyond the contract's minimum.</summary>
/// <param name="SeekableReads">The streams of <see cref="IStorage.OpenReadAsync"/> can seek.</param>
/// <param name="SignedReadUrls"><see cref="IStorage.SignReadUrlAsync"/> works.</param>
public sealed record StorageCapabilities(bool SeekableReads, bool SignedReadUrls);
