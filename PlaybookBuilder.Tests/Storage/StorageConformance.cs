using PlaybookBuilder.Core.Storage;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage;

/// <summary>What every storage promises. A provider's subclass is named after it: <c>LocalStorage</c>, <c>LocalStorageConformance</c>.</summary>
public abstract partial class StorageConformance
{
    /// <summary>More than one page of a listing in the stores that page them.</summary>
    private const int ManyBlobs = 1_100;

    private readonly Lazy<IStorage> _storage;

    protected StorageConformance() => _storage = new(Create);

    private IStorage Storage => _storage.Value;

    /// <summary>Whether connections to the storage hold.</summary>
    private protected virtual bool IsNetworkSound => true;

    /// <summary>An empty storage, the same behind it for the whole test.</summary>
    protected abstract IStorage Create();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(131_071)]
    [InlineData(131_072)]
    [InlineData(131_073)]
    [InlineData(262_144)]
    [InlineData(1_000_003)]
    public async Task Write_Committed_ReadsBackEqual(int size)
    {
        await Storage.WriteAsync("folder/blob", Bytes(size));

        Assert.Equal(Bytes(size), await Storage.ReadAsync("folder/blob"));
    }

    [Fact]
    public async Task Write_InUnevenPieces_ReadsBackInOrder()
    {
        var content = Bytes(300_000);
        await using (var pending = await Storage.BeginWriteAsync(WriteTarget.At(At("pieces")), CancellationToken.None))
        {
            for (var (start, length) = (0, 0); start < content.Length; start += length)
            {
                length = Math.Min(content.Length - start, 1 + (start % 70_001));
                await pending.WriteAsync(content.AsMemory(start, length), CancellationToken.None);
            }

            await pending.CommitAsync(At("pieces"), CancellationToken.None);
        }

        Assert.Equal(content, await Storage.ReadAsync("pieces"));
    }

    [Fact]
    public async Task Write_BeforeCommit_IsInvisible()
    {
        await using var pending = await Storage.BeginWriteAsync(WriteTarget.At(At("folder/blob")), CancellationToken.None);
        await pending.WriteAsync(Bytes(100_000), CancellationToken.None);

        Assert.Null(await Storage.StatAsync("folder/blob"));
        Assert.Empty(await Storage.ListAsync());
        await AssertFailsAsync(StorageErrorKind.NotFound, () => Storage.ReadAsync("folder/blob"));
    }

    [Fact]
    public async Task Write_DisposedWithoutCommit_LeavesWhatWasThere()
    {
        await Storage.WriteAsync("old", Bytes(10));
        foreach (var path in new[] { "old", "new" })
        {
            await using var pending = await Storage.BeginWriteAsync(WriteTarget.At(At(path)), CancellationToken.None);
            await pending.WriteAsync(Bytes(100_000, seed: 2), CancellationToken.None);
        }

        Assert.Equal(["old"], await Storage.ListAsync());
        Assert.Equal(Bytes(10), await Storage.ReadAsync("old"));
    }

    [Fact]
    public async Task Commit_NameKnownLast_AppearsUnderThatName()
    {
        await using var pending = await Storage.BeginWriteAsync(WriteTarget.Within(At("folder")), CancellationToken.None);
        await pending.WriteAsync(Bytes(10), CancellationToken.None);
        var info = await pending.CommitAsync(At("folder/late"), CancellationToken.None);

        Assert.Equal((At("folder/late"), 10L), (info.Path, info.Size));
        Assert.Equal(["folder/late"], await Storage.ListAsync());
    }

    [Fact]
    public async Task Commit_OverAnother_ReplacesItWhole()
    {
        await Storage.WriteAsync("blob", Bytes(1_000));
        await Storage.WriteAsync("blob", Bytes(10, seed: 2));

        Assert.Equal(Bytes(10, seed: 2), await Storage.ReadAsync("blob"));
        Assert.Equal(10, (await Storage.StatAsync("blob"))?.Size);
    }

    [Fact]
    public async Task Commit_ElsewhereThanBegun_IsRefused()
    {
        await using var pending = await Storage.BeginWriteAsync(WriteTarget.At(At("folder/here")), CancellationToken.None);

        await Assert.ThrowsAsync<ArgumentException>(() => pending.CommitAsync(At("folder/there"), CancellationToken.None));
        Assert.Empty(await Storage.ListAsync());
    }

    [Fact]
    public async Task Commit_ByManyAtOnce_LeavesOneOfThemWhole()
    {
        var contents = Enumerable.Range(0, 16).Select(seed => Bytes(50_000 + seed, seed)).ToList();
        await Task.WhenAll(contents.Select(content => Task.Run(() => Storage.WriteAsync("folder/blob", content))));

        var survivor = await Storage.ReadAsync("folder/blob");
        Assert.Contains(contents, survivor.SequenceEqual);
        Assert.Equal(["folder/blob"], await Storage.ListAsync());
    }

    [Fact]
    public async Task Write_BelowABlob_IsRefusedOrKeepsBoth()
    {
        await Storage.WriteAsync("name", Bytes(10));
        if (await Record.ExceptionAsync(() => Storage.WriteAsync("name/below", Bytes(20))) is { } error)
            Assert.Equal(StorageErrorKind.Conflict, Assert.IsType<StorageException>(error).Kind);
        else
            Assert.Equal(Bytes(20), await Storage.ReadAsync("name/below"));

        Assert.Equal(Bytes(10), await Storage.ReadAsync("name"));
    }

    [Fact]
    public async Task Write_OverAFolder_IsRefusedOrKeepsBoth()
    {
        await Storage.WriteAsync("name/below", Bytes(10));
        if (await Record.ExceptionAsync(() => Storage.WriteAsync("name", Bytes(20))) is { } error)
            Assert.Equal(StorageErrorKind.Conflict, Assert.IsType<StorageException>(error).Kind);
        else
            Assert.Equal(Bytes(20), await Storage.ReadAsync("name"));

        Assert.Equal(Bytes(10), await Storage.ReadAsync("name/below"));
    }

    [Fact]
    public async Task RemoveAbandonedWrites_AWriteInProgress_CanStillCommit()
    {
        await using var pending = await Storage.BeginWriteAsync(WriteTarget.At(At("blob")), CancellationToken.None);
        await pending.WriteAsync(Bytes(10), CancellationToken.None);
        await Storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(-1), CancellationToken.None);
        await pending.CommitAsync(At("blob"), CancellationToken.None);

        Assert.Equal(Bytes(10), await Storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task RemoveAbandonedWrites_Committed_AreKept()
    {
        await Storage.WriteAsync("folder/blob", Bytes(10));
        var removed = await Storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), CancellationToken.None);

        Assert.Equal(0, removed);
        Assert.Equal(Bytes(10), await Storage.ReadAsync("folder/blob"));
    }

    [Fact]
    public async Task EveryCall_WithACancelledToken_IsCancelledAndChangesNothing()
    {
        await Storage.WriteAsync("blob", Bytes(10));
        var cancelled = new CancellationToken(canceled: true);
        Func<Task>[] calls =
        [
            () => Storage.StatAsync(At("blob"), cancelled),
            () => Storage.OpenReadAsync(At("blob"), null, cancelled),
            () => Storage.BeginWriteAsync(WriteTarget.At(At("new")), cancelled),
            async () => await Storage.ListAsync(null, cancelled).GetAsyncEnumerator(cancelled).MoveNextAsync(),
            () => Storage.DeleteAsync(At("blob"), cancelled),
            () => Storage.CopyAsync(At("blob"), At("new"), cancelled),
            () => Storage.MoveAsync(At("blob"), At("new"), cancelled),
        ];
        foreach (var call in calls)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(call);

        Assert.Equal(["blob"], await Storage.ListAsync());
    }

    [Fact]
    public async Task SignReadUrl_AsDeclared_WorksOrIsUnsupported()
    {
        const string Path = "größe/100% of a+b&c?.txt";
        await Storage.WriteAsync(Path, Bytes(10));
        var sign = () => Storage.SignReadUrlAsync(At(Path), TimeSpan.FromMinutes(5), CancellationToken.None);
        if (!Storage.Capabilities.SignedReadUrls)
        {
            await AssertFailsAsync(StorageErrorKind.Unsupported, sign);
            return;
        }

        using var client = new HttpClient();
        Assert.Equal(Bytes(10), await FetchAsync(client, await sign()));
    }

    /// <summary>This client is not the storage's, and does not try again by itself.</summary>
    private async Task<byte[]> FetchAsync(HttpClient client, Uri url)
    {
        while (true)
        {
            try
            {
                return await client.GetByteArrayAsync(url);
            }
            catch (HttpRequestException error) when (error.StatusCode is null && !IsNetworkSound)
            {
                // The next connection holds, or the one after it.
            }
        }
    }

    /// <summary>Reads to the end; null where the blob was replaced, the connection broke, and the storage declares that it keeps nothing.</summary>
    private async Task<byte[]?> ReadToTheEndAsync(Func<Task<byte[]>> read)
    {
        try
        {
            return await read();
        }
        catch (StorageException error) when (error.Kind == StorageErrorKind.Failed && !IsNetworkSound && !Storage.Capabilities.SnapshotReads)
        {
            return null;
        }
    }
}
