namespace PlaybookBuilder.Core.Matrices;

/// <summary>How much a reader takes on before it refuses a file, and whom it tells how far it is.</summary>
public sealed record ReadOptions
{
    public static ReadOptions Default { get; } = new();

    /// <summary>The most bytes of text, counted after decompression, so that a small archive can't fill the memory.</summary>
    public long MaxBytes { get; init; } = 2L << 30;

    /// <summary>The most values (rows x columns) of a table; a value takes 8 bytes of memory. No more than an array can hold.</summary>
    public long MaxCells
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Array.MaxLength);
            field = value;
        }
    } = 100_000_000;

    /// <summary>Told now and then how many bytes of the source (of the archive, when it is one) were read so far.</summary>
    public IProgress<long>? BytesRead { get; init; }
}
