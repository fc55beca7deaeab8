using PlaybookBuilder.Core.Storage;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage;

/// <summary>Stat, reads, listings, deletion, copy and move.</summary>
public abstract partial class StorageConformance
{
    [Fact]
    public async Task Stat_Missing_IsNull()
    {
        await Storage.WriteAsync("folder/blob", Bytes(1));

        Assert.Null(await Storage.StatAsync("missing"));
        Assert.Null(await Storage.StatAsync("folder"));
        Assert.Null(await Storage.StatAsync("folder/blob/below"));
    }

    [Fact]
    public async Task Stat_Existing_TellsPathSizeAndTime()
    {
        var committed = await Storage.WriteAsync("folder/blob", Bytes(12_345));
        var info = await Storage.StatAsync("folder/blob");

        Assert.NotNull(info);
        Assert.Equal((At("folder/blob"), 12_345L), (info.Path, info.Size));
        Assert.Equal(DateTimeOffset.UtcNow, info.ModifiedAt, TimeSpan.FromMinutes(1));
        Assert.Equal(info, committed);
    }

    [Fact]
    public async Task OpenRead_Missing_IsNotFound()
    {
        await Storage.WriteAsync("folder/blob", Bytes(1));
        foreach (var path in new[] { "missing", "folder", "folder/missing", "folder/blob/below" })
            await AssertFailsAsync(StorageErrorKind.NotFound, () => Storage.ReadAsync(path));
    }

    [Theory]
    [InlineData(0, 1L)]
    [InlineData(0, 65_536L)]
    [InlineData(0, 200_000L)]
    [InlineData(0, 200_001L)]
    [InlineData(0, long.MaxValue)]
    [InlineData(1, null)]
    [InlineData(1, long.MaxValue)]
    [InlineData(65_535, 2L)]
    [InlineData(65_536, 65_536L)]
    [InlineData(131_071, 2L)]
    [InlineData(199_999, null)]
    [InlineData(65_530, 20L)]
    [InlineData(199_999, 1L)]
    [InlineData(199_990, 50L)]
    [InlineData(100_000, null)]
    [InlineData(100_000, long.MaxValue)]
    public async Task OpenRead_Range_IsThatPartCutAtTheEnd(long offset, long? length)
    {
        await Storage.WriteAsync("blob", Bytes(200_000));
        var expected = Bytes(200_000).Skip((int)offset).Take((int)Math.Min(length ?? 200_000, 200_000));

        Assert.Equal(expected, await Storage.ReadAsync("blob", new ByteRange(offset, length)));
    }

    [Theory]
    [InlineData(0, 0L)]
    [InlineData(0, 1L)]
    [InlineData(1, 1L)]
    [InlineData(10, 10L)]
    [InlineData(10, 11L)]
    [InlineData(65_536, 65_536L)]
    [InlineData(200_000, 200_000L)]
    [InlineData(10, long.MaxValue)]
    public async Task OpenRead_RangeFromPastTheEnd_IsRefused(int size, long offset)
    {
        await Storage.WriteAsync("blob", Bytes(size));

        await AssertFailsAsync(StorageErrorKind.RangeNotSatisfiable, () => Storage.ReadAsync("blob", new ByteRange(offset, 1)));
    }

    [Fact]
    public async Task OpenRead_ReplacedAndDeletedMeanwhile_KeepsItsBytes()
    {
        await Storage.WriteAsync("blob", Bytes(200_000));
        await using var open = await Storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);
        await Storage.WriteAsync("blob", Bytes(200_000, seed: 2));
        await Storage.DeleteAsync(At("blob"), CancellationToken.None);

        var rest = await ReadToTheEndAsync(() => ReadAllAsync(open));
        Assert.Equal(Bytes(200_000)[10..], rest ?? Bytes(200_000)[10..]);
    }

    [Fact]
    public async Task OpenRead_ByManyAtOnce_EachReadsItsOwnPlace()
    {
        await Storage.WriteAsync("blob", Bytes(200_000));
        var reads = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Storage.ReadAsync("blob", new ByteRange(i * 10_000, 10_000)))));

        Assert.Equal(Bytes(200_000)[..160_000], reads.SelectMany(read => read));
    }

    [Fact]
    public async Task OpenRead_WhereDeclared_CanSeek()
    {
        Assert.SkipUnless(Storage.Capabilities.SeekableReads, "declared: reads can't seek");
        await Storage.WriteAsync("blob", Bytes(200_000));
        await using var open = await Storage.OpenReadAsync(At("blob"), new ByteRange(1_000, 100_000), CancellationToken.None);
        var buffer = new byte[100];

        open.Seek(-100, SeekOrigin.End);
        await open.ReadExactlyAsync(buffer);
        Assert.Equal(Bytes(200_000)[100_900..101_000], buffer);
        Assert.Equal(0, open.Read(buffer));

        open.Position = 64_500;
        open.ReadExactly(buffer);
        Assert.Equal(Bytes(200_000)[65_500..65_600], buffer);
        Assert.Equal((100_000, 64_600), (open.Length, open.Position));
    }

    [Fact]
    public async Task List_Folder_HasAllBelowItAndNothingBeside()
    {
        foreach (var path in new[] { "a/1", "a/b/2", "a/b/c/3", "ab/4", "a.5", "z" })
            await Storage.WriteAsync(path, Bytes(3));

        Assert.Equal(["a.5", "a/1", "a/b/2", "a/b/c/3", "ab/4", "z"], await Storage.ListAsync());
        Assert.Equal(["a/1", "a/b/2", "a/b/c/3"], await Storage.ListAsync("a"));
        Assert.Equal(["a/b/2", "a/b/c/3"], await Storage.ListAsync("a/b"));
    }

    [Fact]
    public async Task List_NothingThere_IsEmpty()
    {
        Assert.Empty(await Storage.ListAsync());
        await Storage.WriteAsync("blob", Bytes(1));

        Assert.Empty(await Storage.ListAsync("missing"));
        Assert.Empty(await Storage.ListAsync("blob"));
    }

    [Fact]
    public async Task List_Blobs_AreDescribedAsByStat()
    {
        await Storage.WriteAsync("folder/blob", Bytes(12_345));
        var listed = new List<BlobInfo>();
        await foreach (var info in Storage.ListAsync(null, CancellationToken.None))
            listed.Add(info);

        Assert.Equal(await Storage.StatAsync("folder/blob"), Assert.Single(listed));
    }

    [Fact]
    public async Task List_MoreThanAPage_HasEachOnce()
    {
        var paths = Enumerable.Range(0, ManyBlobs).Select(i => $"many/{i:D5}").ToList();
        await Parallel.ForEachAsync(paths, async (path, _) => await Storage.WriteAsync(path, []));

        Assert.Equal(paths, await Storage.ListAsync("many"));
    }

    [Fact]
    public async Task Delete_Blob_IsGoneAndItsNeighbourNot()
    {
        await Storage.WriteAsync("folder/blob", Bytes(1));
        await Storage.WriteAsync("folder/blob2", Bytes(2));
        await Storage.DeleteAsync(At("folder/blob"), CancellationToken.None);

        Assert.Null(await Storage.StatAsync("folder/blob"));
        Assert.Equal(["folder/blob2"], await Storage.ListAsync());
    }

    [Fact]
    public async Task Delete_MissingOrFolder_ChangesNothing()
    {
        await Storage.WriteAsync("folder/blob", Bytes(1));
        foreach (var path in new[] { "missing", "folder", "folder/missing", "missing/below", "folder/blob/below" })
            await Storage.DeleteAsync(At(path), CancellationToken.None);

        Assert.Equal(["folder/blob"], await Storage.ListAsync());
    }

    [Fact]
    public async Task Delete_LastOfAFolder_FreesTheFoldersName()
    {
        await Storage.WriteAsync("name/deep/blob", Bytes(1));
        await Storage.DeleteAsync(At("name/deep/blob"), CancellationToken.None);
        await Storage.WriteAsync("name", Bytes(2));

        Assert.Equal(["name"], await Storage.ListAsync());
    }

    [Fact]
    public async Task WriteAndDelete_OfOneFolderByMany_NeverFail()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < 25; i++)
            {
                await Storage.WriteAsync($"shared/deep/{worker}", Bytes(worker));
                await Storage.DeleteAsync(At($"shared/deep/{worker}"), CancellationToken.None);
            }
        })));

        Assert.Empty(await Storage.ListAsync());
    }

    [Fact]
    public async Task Copy_Blob_IsInBothPlaces()
    {
        await Storage.WriteAsync("source", Bytes(100_000));
        await Storage.WriteAsync("folder/copy", Bytes(10, seed: 2));
        await Storage.CopyAsync(At("source"), At("folder/copy"), CancellationToken.None);
        await Storage.CopyAsync(At("source"), At("source"), CancellationToken.None);

        Assert.Equal(Bytes(100_000), await Storage.ReadAsync("folder/copy"));
        Assert.Equal(Bytes(100_000), await Storage.ReadAsync("source"));
    }

    [Fact]
    public async Task Move_Blob_IsOnlyInTheNewPlace()
    {
        await Storage.WriteAsync("source/blob", Bytes(100_000));
        await Storage.WriteAsync("folder/moved", Bytes(10, seed: 2));
        await Storage.MoveAsync(At("source/blob"), At("folder/moved"), CancellationToken.None);

        Assert.Equal(["folder/moved"], await Storage.ListAsync());
        Assert.Equal(Bytes(100_000), await Storage.ReadAsync("folder/moved"));
    }

    [Fact]
    public async Task Move_OntoItself_KeepsTheBlob()
    {
        await Storage.WriteAsync("blob", Bytes(10));
        await Storage.MoveAsync(At("blob"), At("blob"), CancellationToken.None);

        Assert.Equal(Bytes(10), await Storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task CopyAndMove_OfMissing_AreNotFoundAndChangeNothing()
    {
        await Storage.WriteAsync("there", Bytes(10));

        await AssertFailsAsync(StorageErrorKind.NotFound, () => Storage.CopyAsync(At("missing"), At("there"), CancellationToken.None));
        await AssertFailsAsync(StorageErrorKind.NotFound, () => Storage.MoveAsync(At("missing"), At("there"), CancellationToken.None));
        Assert.Equal(Bytes(10), await Storage.ReadAsync("there"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public async Task CopyAndMove_OfAnySize_KeepTheBytes(int size)
    {
        await Storage.WriteAsync("source", Bytes(size));
        await Storage.CopyAsync(At("source"), At("folder/copy"), CancellationToken.None);
        await Storage.MoveAsync(At("source"), At("folder/moved"), CancellationToken.None);

        Assert.Equal(["folder/copy", "folder/moved"], await Storage.ListAsync());
        Assert.Equal(Bytes(size), await Storage.ReadAsync("folder/copy"));
        Assert.Equal(Bytes(size), await Storage.ReadAsync("folder/moved"));
    }

    [Fact]
    public async Task Copy_SourceDeletedAfterwards_StaysAsItWas()
    {
        await Storage.WriteAsync("source", Bytes(100_000));
        await Storage.CopyAsync(At("source"), At("copy"), CancellationToken.None);
        await Storage.WriteAsync("source", Bytes(10, seed: 2));
        await Storage.DeleteAsync(At("source"), CancellationToken.None);

        Assert.Equal(Bytes(100_000), await Storage.ReadAsync("copy"));
    }

    [Fact]
    public async Task Delete_Twice_IsNoError()
    {
        await Storage.WriteAsync("blob", Bytes(1));
        await Storage.DeleteAsync(At("blob"), CancellationToken.None);
        await Storage.DeleteAsync(At("blob"), CancellationToken.None);

        Assert.Empty(await Storage.ListAsync());
    }

    [Fact]
    public async Task Delete_ByManyAtOnce_TakesOnlyWhatWasMeant()
    {
        foreach (var number in Enumerable.Range(1, 12))
            await Storage.WriteAsync($"{number}", Bytes(10, number));

        await Task.WhenAll(new[] { 1, 3, 5 }.Select(number => Task.Run(() => Storage.DeleteAsync(At($"{number}"), CancellationToken.None))));

        Assert.Equal(["10", "11", "12", "2", "4", "6", "7", "8", "9"], await Storage.ListAsync());
        Assert.Equal(Bytes(10, 12), await Storage.ReadAsync("12"));
    }

    [Fact]
    public async Task OpenRead_Empty_EndsAtOnce()
    {
        await Storage.WriteAsync("empty", []);
        await using var open = await Storage.OpenReadAsync(At("empty"), null, CancellationToken.None);

        Assert.Equal(0, await open.ReadAsync(new byte[10]));
        Assert.Equal(0, await open.ReadAsync(new byte[10]));
        Assert.Equal(0, (await Storage.StatAsync("empty"))?.Size);
    }

    [Theory]
    [InlineData(1, 3_000)]
    [InlineData(7, 20_000)]
    [InlineData(4_096, 200_000)]
    [InlineData(100_000, 200_000)]
    public async Task OpenRead_InPieces_IsTheSame(int piece, int size)
    {
        await Storage.WriteAsync("blob", Bytes(size));
        await using var open = await Storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        var (read, buffer) = (new List<byte>(), new byte[piece]);
        while (await open.ReadAsync(buffer) is > 0 and var count)
            read.AddRange(buffer.AsSpan(0, count));

        Assert.Equal(Bytes(size), read);
    }

    [Fact]
    public async Task OpenRead_CancelledInTheMiddle_IsCancelled()
    {
        await Storage.WriteAsync("blob", Bytes(200_000));
        await using var open = await Storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => open.ReadAsync(new byte[10], new CancellationToken(canceled: true)).AsTask());
    }

    [Fact]
    public async Task OpenRead_ManyLeftInTheMiddle_TakeNothingFromTheNext()
    {
        await Storage.WriteAsync("blob", Bytes(200_000));
        for (var i = 0; i < 25; i++)
        {
            await using var open = await Storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
            await open.ReadExactlyAsync(new byte[10]);
        }

        Assert.Equal(Bytes(200_000), await Storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task OpenRead_ManyOpenAtOnce_EachReadsOn()
    {
        await Storage.WriteAsync("blob", Bytes(200_000));
        var open = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Storage.OpenReadAsync(At("blob"), null, CancellationToken.None)));
        foreach (var stream in open)
        {
            Assert.Equal(Bytes(200_000), await ReadAllAsync(stream));
            await stream.DisposeAsync();
        }
    }
}
