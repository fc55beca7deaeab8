namespace PlaybookBuilder.Core.Storage;

/// <summary>A part of a blob: from <see cref="Offset"/>, <see cref="Length"/> bytes or, when that is null, to the end.</summary>
public sealed record ByteRange
{
    /// <exception cref="ArgumentOutOfRangeException">The offset is negative or the length below one.</exception>
    public ByteRange(long offset, long? length = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfLessThan(length ?? 1, 1, nameof(length));
        (Offset, Length) = (offset, length);
    }

    public long Offset { get; }

    public long? Length { get; }

    /// <summary>The length of this range in a blob of <paramref name="size"/> bytes: what reaches past the end is cut off, as in HTTP (RFC 9110, 14.1.2).</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.RangeNotSatisfiable"/> when it begins at or past the end.</exception>
    public long LengthWithin(StoragePath path, long size)
    {
        if (Offset >= size)
            throw new StorageException(StorageErrorKind.RangeNotSatisfiable, $"'{path}' has {size} bytes; a range can't begin at {Offset}.");

        return Math.Min(Length ?? long.MaxValue, size - Offset);
    }
}
