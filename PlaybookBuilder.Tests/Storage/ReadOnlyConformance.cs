using PlaybookBuilder.Core.Storage;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage;

/// <summary>What every storage promises that can only be read. Its blobs are put behind it. A subclass is named as those of <see cref="StorageConformance"/> are.</summary>
public abstract class ReadOnlyConformance
{
    private readonly Lazy<IStorage> _storage;

    protected ReadOnlyConformance() => _storage = new(Create);

    private protected IStorage Storage => _storage.Value;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_000_003)]
    public async Task OpenRead_OfAnySize_IsWhatWasPutThere(int size)
    {
        await PutAsync("folder/blob", Bytes(size));

        Assert.Equal(size, (await Storage.StatAsync("folder/blob"))?.Size);
        Assert.Equal(Bytes(size), await Storage.ReadAsync("folder/blob"));
    }

    [Fact]
    public async Task Stat_Existing_TellsPathSizeAndTime()
    {
        await PutAsync("folder/blob", Bytes(12_345));
        var info = await Storage.StatAsync("folder/blob");

        Assert.NotNull(info);
        Assert.Equal((At("folder/blob"), 12_345L), (info.Path, info.Size));
        Assert.Equal(DateTimeOffset.UtcNow, info.ModifiedAt, TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("folder")]
    [InlineData("folder/missing")]
    [InlineData("folder/blob/below")]
    public async Task StatAndOpenRead_Missing_AreNothingAndNotFound(string path)
    {
        await PutAsync("folder/blob", Bytes(1));

        Assert.Null(await Storage.StatAsync(path));
        await AssertFailsAsync(StorageErrorKind.NotFound, () => Storage.ReadAsync(path));
        await AssertFailsAsync(StorageErrorKind.NotFound, () => Storage.ReadAsync(path, new ByteRange(0, 1)));
    }

    [Theory]
    [InlineData(0, 1L)]
    [InlineData(0, 65_536L)]
    [InlineData(0, 200_001L)]
    [InlineData(0, long.MaxValue)]
    [InlineData(1, null)]
    [InlineData(65_535, 2L)]
    [InlineData(65_536, 65_536L)]
    [InlineData(199_999, 1L)]
    [InlineData(199_990, 50L)]
    [InlineData(100_000, long.MaxValue)]
    public async Task OpenRead_Range_IsThatPartCutAtTheEnd(long offset, long? length)
    {
        await PutAsync("blob", Bytes(200_000));
        var expected = Bytes(200_000).Skip((int)offset).Take((int)Math.Min(length ?? 200_000, 200_000));

        Assert.Equal(expected, await Storage.ReadAsync("blob", new ByteRange(offset, length)));
    }

    [Theory]
    [InlineData(0, 0L)]
    [InlineData(0, 1L)]
    [InlineData(10, 10L)]
    [InlineData(10, long.MaxValue)]
    public async Task OpenRead_RangeFromPastTheEnd_IsRefused(int size, long offset)
    {
        await PutAsync("blob", Bytes(size));

        await AssertFailsAsync(StorageErrorKind.RangeNotSatisfiable, () => Storage.ReadAsync("blob", new ByteRange(offset, 1)));
    }

    [Theory]
    [InlineData("Größe/дані/基因 表.csv")]
    [InlineData("100%25 + a&b=c?d#e;f,g'h\"i<j>k|l*m:n~")]
    [InlineData("a%2Fb/c%20d")]
    [InlineData(".hidden/...dots..")]
    [InlineData("[a]{b}(c)")]
    [InlineData("e\u0301 and \u00e9")]
    public async Task Names_OfAnyKind_AreFound(string path)
    {
        await PutAsync(path, Bytes(5));

        Assert.Equal((path, 5L), ((await Storage.StatAsync(path))?.Path.Value, (await Storage.StatAsync(path))?.Size));
        Assert.Equal(Bytes(5), await Storage.ReadAsync(path));
    }

    [Theory]
    [InlineData(7, 20_000)]
    [InlineData(100_000, 200_000)]
    public async Task OpenRead_InPieces_IsTheSame(int piece, int size)
    {
        await PutAsync("blob", Bytes(size));
        await using var open = await Storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        var (read, buffer) = (new List<byte>(), new byte[piece]);
        while (await open.ReadAsync(buffer) is > 0 and var count)
            read.AddRange(buffer.AsSpan(0, count));

        Assert.Equal(Bytes(size), read);
    }

    [Fact]
    public async Task OpenRead_ByManyAtOnce_EachReadsItsOwnPlace()
    {
        await PutAsync("blob", Bytes(200_000));
        var reads = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Storage.ReadAsync("blob", new ByteRange(i * 10_000, 10_000)))));

        Assert.Equal(Bytes(200_000)[..160_000], reads.SelectMany(read => read));
    }

    [Fact]
    public async Task OpenRead_ManyLeftInTheMiddle_TakeNothingFromTheNext()
    {
        await PutAsync("blob", Bytes(200_000));
        for (var i = 0; i < 25; i++)
        {
            await using var open = await Storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
            await open.ReadExactlyAsync(new byte[10]);
        }

        Assert.Equal(Bytes(200_000), await Storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task OpenRead_WhereDeclared_CanSeek()
    {
        Assert.SkipUnless(Storage.Capabilities.SeekableReads, "declared: reads can't seek");
        await PutAsync("blob", Bytes(200_000));
        await using var open = await Storage.OpenReadAsync(At("blob"), new ByteRange(1_000, 100_000), CancellationToken.None);
        var buffer = new byte[100];

        open.Seek(-100, SeekOrigin.End);
        await open.ReadExactlyAsync(buffer);
        Assert.Equal(Bytes(200_000)[100_900..101_000], buffer);
        Assert.Equal(0, open.Read(buffer));

        open.Position = 64_500;
        open.ReadExactly(buffer);
        Assert.Equal(Bytes(200_000)[65_500..65_600], buffer);
    }

    [Fact]
    public async Task OpenRead_Cancelled_IsCancelled()
    {
        await PutAsync("blob", Bytes(200_000));
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Storage.OpenReadAsync(At("blob"), null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Storage.StatAsync(At("blob"), cancelled));
        await using var open = await Storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open.ReadAsync(new byte[10], cancelled).AsTask());
    }

    [Fact]
    public async Task List_AsDeclared_HasEveryBlobOrIsUnsupported()
    {
        await PutAsync("a/1", Bytes(1));
        await PutAsync("a/b/2", Bytes(1));
        await PutAsync("ab/3", Bytes(1));
        if (!Storage.Capabilities.Listable)
        {
            await AssertFailsAsync(StorageErrorKind.Unsupported, () => Storage.ListAsync());
            return;
        }

        Assert.Equal(["a/1", "a/b/2", "ab/3"], await Storage.ListAsync());
        Assert.Equal(["a/1", "a/b/2"], await Storage.ListAsync("a"));
    }

    [Fact]
    public async Task Changes_OfAnyKind_AreUnsupported()
    {
        await PutAsync("blob", Bytes(10));
        Assert.False(Storage.Capabilities.Writable);

        await AssertFailsAsync(StorageErrorKind.Unsupported, () => Storage.WriteAsync("new", Bytes(1)));
        await AssertFailsAsync(StorageErrorKind.Unsupported, () => Storage.DeleteAsync(At("blob"), CancellationToken.None));
        await AssertFailsAsync(StorageErrorKind.Unsupported, () => Storage.CopyAsync(At("blob"), At("copy"), CancellationToken.None));
        await AssertFailsAsync(StorageErrorKind.Unsupported, () => Storage.MoveAsync(At("blob"), At("moved"), CancellationToken.None));
        Assert.Equal(0, await Storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow, CancellationToken.None));
        Assert.Equal(Bytes(10), await Storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task SignReadUrl_AsDeclared_WorksOrIsUnsupported()
    {
        await PutAsync("blob", Bytes(10));
        var sign = () => Storage.SignReadUrlAsync(At("blob"), TimeSpan.FromMinutes(5), CancellationToken.None);
        if (!Storage.Capabilities.SignedReadUrls)
        {
            await AssertFailsAsync(StorageErrorKind.Unsupported, sign);
            return;
        }

        using var client = new HttpClient();
        Assert.Equal(Bytes(10), await client.GetByteArrayAsync(await sign()));
    }

    protected abstract IStorage Create();

    /// <summary>Puts a blob where the storage finds it.</summary>
    protected abstract Task PutAsync(string path, byte[] content);
}
