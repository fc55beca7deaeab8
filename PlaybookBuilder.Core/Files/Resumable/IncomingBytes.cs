using System.Security.Cryptography;

namespace PlaybookBuilder.Core.Files.Resumable;

/// <summary>What somebody sends, up to where it ends or breaks off.</summary>
/// <param name="hash">Is given all bytes; null for none.</param>
internal sealed class IncomingBytes(Stream body, IncrementalHash? hash)
{
    public bool IsAtEnd { get; private set; }

    /// <summary>What cut it off; null when it came to its own end, or goes on.</summary>
    public Exception? Break { get; private set; }

    /// <summary>Fills the buffer, unless the bytes end before: network bodies come in small pieces, and large ones are better to write.</summary>
    /// <returns>How many bytes came.</returns>
    public async Task<int> FillAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var count = 0;
        while (count < buffer.Length && !IsAtEnd)
        {
            try
            {
                var read = await body.ReadAsync(buffer[count..], cancellationToken).ConfigureAwait(false);
                count += read;
                IsAtEnd = read == 0;
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                (Break, IsAtEnd) = (exception, true);
            }
        }

        hash?.AppendData(buffer.Span[..count]);
        return count;
    }
}
