using PlaybookBuilder.Core.Storage;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage;

/// <summary>Writes that are cut short, that go on beside each other, and that somebody reads meanwhile.</summary>
public abstract partial class StorageConformance
{
    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    [InlineData(300_000)]
    public async Task Write_Cancelled_LeavesWhatWasThere(int written)
    {
        await Storage.WriteAsync("old", Bytes(10));
        foreach (var path in new[] { "old", "new" })
        {
            await using var pending = await Storage.BeginWriteAsync(WriteTarget.At(At(path)), CancellationToken.None);
            await pending.WriteAsync(Bytes(written, seed: 2), CancellationToken.None);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.WriteAsync(Bytes(10), new CancellationToken(canceled: true)).AsTask());
        }

        Assert.Equal(["old"], await Storage.ListAsync());
        Assert.Equal(Bytes(10), await Storage.ReadAsync("old"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    [InlineData(300_000)]
    public async Task Commit_Cancelled_LeavesWhatWasThere(int written)
    {
        await Storage.WriteAsync("old", Bytes(10));
        foreach (var path in new[] { "old", "new" })
        {
            await using var pending = await Storage.BeginWriteAsync(WriteTarget.At(At(path)), CancellationToken.None);
            await pending.WriteAsync(Bytes(written, seed: 2), CancellationToken.None);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending.CommitAsync(At(path), new CancellationToken(canceled: true)));
        }

        Assert.Equal(["old"], await Storage.ListAsync());
        Assert.Equal(Bytes(10), await Storage.ReadAsync("old"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300_000)]
    public async Task Write_OfASourceThatFails_LeavesWhatWasThere(int before)
    {
        await Storage.WriteAsync("old", Bytes(10));
        foreach (var path in new[] { "old", "new" })
            await Assert.ThrowsAsync<EndOfStreamException>(() => Storage.WriteAsync(At(path), new FailingStream(Bytes(before, seed: 2)), CancellationToken.None));

        Assert.Equal(["old"], await Storage.ListAsync());
        Assert.Equal(Bytes(10), await Storage.ReadAsync("old"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public async Task Commit_NameKnownLast_HasAllItsBytes(int size)
    {
        await Storage.WriteAsync("folder/late", Bytes(20));
        await using (var pending = await Storage.BeginWriteAsync(WriteTarget.Within(At("folder")), CancellationToken.None))
        {
            await pending.WriteAsync(Bytes(size, seed: 2), CancellationToken.None);
            Assert.Equal(["folder/late"], await Storage.ListAsync());
            await pending.CommitAsync(At("folder/late"), CancellationToken.None);
        }

        Assert.Equal(["folder/late"], await Storage.ListAsync());
        Assert.Equal(Bytes(size, seed: 2), await Storage.ReadAsync("folder/late"));
    }

    [Fact]
    public async Task Write_ByteByByte_ReadsBackInOrder()
    {
        await using (var pending = await Storage.BeginWriteAsync(WriteTarget.At(At("bytes")), CancellationToken.None))
        {
            foreach (var value in Bytes(1_000))
                await pending.WriteAsync(new[] { value }, CancellationToken.None);

            await pending.CommitAsync(At("bytes"), CancellationToken.None);
        }

        Assert.Equal(Bytes(1_000), await Storage.ReadAsync("bytes"));
    }

    [Fact]
    public async Task Write_EmptyPieces_AddNothing()
    {
        await using (var pending = await Storage.BeginWriteAsync(WriteTarget.At(At("blob")), CancellationToken.None))
        {
            await pending.WriteAsync(Array.Empty<byte>(), CancellationToken.None);
            await pending.WriteAsync(Bytes(70_000), CancellationToken.None);
            await pending.WriteAsync(Array.Empty<byte>(), CancellationToken.None);
            await pending.CommitAsync(At("blob"), CancellationToken.None);
        }

        Assert.Equal(Bytes(70_000), await Storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task Write_ManyDifferentAtOnce_AllAreThere()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(seed => Task.Run(() => Storage.WriteAsync($"folder/{seed:D2}", Bytes(100_000 + seed, seed)))));

        Assert.Equal(Enumerable.Range(0, 16).Select(static seed => $"folder/{seed:D2}"), await Storage.ListAsync());
        foreach (var seed in Enumerable.Range(0, 16))
            Assert.Equal(Bytes(100_000 + seed, seed), await Storage.ReadAsync($"folder/{seed:D2}"));
    }

    [Fact]
    public async Task Write_ByTurns_KeepsEachApart()
    {
        var writes = new List<PendingBlob>();
        foreach (var seed in Enumerable.Range(0, 6))
            writes.Add(await Storage.BeginWriteAsync(WriteTarget.At(At($"{seed}")), CancellationToken.None));

        foreach (var start in new[] { 0, 60_000, 120_000 })
        {
            foreach (var (seed, pending) in writes.Index())
                await pending.WriteAsync(Bytes(180_000, seed).AsMemory(start, 60_000), CancellationToken.None);
        }

        foreach (var (seed, pending) in writes.Index().Reverse())
        {
            await using (pending)
                await pending.CommitAsync(At($"{seed}"), CancellationToken.None);
        }

        foreach (var seed in Enumerable.Range(0, 6))
            Assert.Equal(Bytes(180_000, seed), await Storage.ReadAsync($"{seed}"));
    }

    [Fact]
    public async Task Commit_WhileItIsRead_ShowsOneOrTheOther()
    {
        byte[][] contents = [Bytes(150_000), Bytes(90_000, seed: 2)];
        await Storage.WriteAsync("blob", contents[0]);
        var writing = Task.Run(async () =>
        {
            for (var i = 1; i < 12; i++)
                await Storage.WriteAsync("blob", contents[i % 2]);
        });
        do
        {
            if (await ReadToTheEndAsync(() => Storage.ReadAsync("blob")) is { } read)
                Assert.Contains(contents, read.SequenceEqual);
        }
        while (!writing.IsCompleted);

        await writing;
    }

    [Fact]
    public async Task Write_ThenRead_IsTheNewOneEachTime()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            await Storage.WriteAsync("blob", Bytes(1_000 + seed, seed));
            Assert.Equal(1_000 + seed, (await Storage.StatAsync("blob"))?.Size);
            Assert.Equal(Bytes(1_000 + seed, seed), await Storage.ReadAsync("blob"));
        }
    }

    [Fact]
    public async Task Write_AfterADelete_IsThereAgain()
    {
        for (var seed = 0; seed < 3; seed++)
        {
            await Storage.WriteAsync("folder/blob", Bytes(10, seed));
            await Storage.DeleteAsync(At("folder/blob"), CancellationToken.None);
            Assert.Null(await Storage.StatAsync("folder/blob"));
        }

        await Storage.WriteAsync("folder/blob", Bytes(10));
        Assert.Equal(10, (await Storage.StatAsync("folder/blob"))?.Size);
    }

    /// <summary>Gives some bytes and then fails.</summary>
    private sealed class FailingStream(byte[] before) : MemoryStream(before)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var count ? count : throw new EndOfStreamException();
    }
}
