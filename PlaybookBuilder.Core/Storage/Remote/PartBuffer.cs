using System.Buffers;
using System.Security.Cryptography;

namespace PlaybookBuilder.Core.Storage.Remote;

/// <summary>Bytes that are collected until they make a part. Begins small, so that a small blob takes little, and gives its memory back when disposed of.</summary>
internal sealed class PartBuffer(int capacity) : IDisposable
{
    private const int FirstSize = 64 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Min(FirstSize, capacity));

    public int Length { get; private set; }

    public bool IsFull => Length == capacity;

    /// <summary>What is here, until something is added; the buffer must outlive its use.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.AsMemory(0, Length);

    /// <returns>How many of the bytes found room.</returns>
    public int Add(ReadOnlySpan<byte> bytes)
    {
        var count = Math.Min(bytes.Length, capacity - Length);
        Grow(Length + count);
        bytes[..count].CopyTo(_bytes.AsSpan(Length));
        Length += count;
        return count;
    }

    /// <summary>A new stream of what is here; the buffer must outlive it.</summary>
    public MemoryStream Open() => new(_bytes, 0, Length, writable: false);

    /// <summary>As <c>Content-MD5</c> has it (RFC 1864). It guards against damage on the way, not against anybody.</summary>
    public string Digest() => Convert.ToBase64String(MD5.HashData(_bytes.AsSpan(0, Length)));

    /// <summary>Forgets what is here, and keeps the room.</summary>
    public void Clear() => Length = 0;

    public void Dispose()
    {
        if (_bytes.Length > 0)
            ArrayPool<byte>.Shared.Return(_bytes);

        _bytes = [];
        Length = 0;
    }

    private void Grow(int needed)
    {
        if (needed <= _bytes.Length)
            return;

        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(capacity, Math.Max(needed, _bytes.Length * 2)));
        _bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
