namespace PlaybookBuilder.Tests.Storage.Faults;

/// <summary>Reads on although it was cancelled.</summary>
internal sealed class DeafStream(Stream inner) : MemoryStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, CancellationToken.None);
}
