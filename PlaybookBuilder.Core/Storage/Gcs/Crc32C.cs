using System.Buffers.Binary;
using System.Numerics;

namespace PlaybookBuilder.Core.Storage.Gcs;

/// <summary>The checksum that Google keeps of every object (RFC 4960, appendix B, in base 64 and big-endian). It guards against damage on the way, not against anybody.</summary>
internal sealed class Crc32C
{
    private uint _state = uint.MaxValue;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var sum = new Crc32C();
        sum.Add(bytes);
        return sum.ToString();
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            _state = BitOperations.Crc32C(_state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));

        foreach (var value in bytes)
            _state = BitOperations.Crc32C(_state, value);
    }

    public override string ToString()
    {
        Span<byte> sum = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(sum, ~_state);
        return Convert.ToBase64String(sum);
    }
}
