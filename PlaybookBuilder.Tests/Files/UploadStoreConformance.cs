using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Tests.Files;

/// <summary>What every store of uploads promises: each fact is a clause of <see cref="IUploadStore"/>.</summary>
public abstract class UploadStoreConformance
{
    private protected abstract IUploadStore Store { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("6f1c9d2a-1111-4222-8333-444455556666")]
    [InlineData(null)]
    public async Task Find_Added_IsEqualInEveryPart(string? user)
    {
        var upload = new Upload(
            "some-random-id",
            new string('a', 64),
            5_000_000_000,
            "Zählungen \"final\" (2).csv",
            user is null ? null : Guid.Parse(user),
            new DateTimeOffset(2026, 11, 28, 9, 30, 0, 123, TimeSpan.Zero));

        await Store.AddAsync(upload, Cancellation);

        Assert.Equal(upload, await Store.FindAsync(upload.Id, Cancellation));
    }

    [Fact]
    public async Task Find_Unknown_IsNull() => Assert.Null(await Store.FindAsync("unknown", Cancellation));

    [Fact]
    public async Task Add_TheSameBytesTwice_KeepsBothRecords()
    {
        Upload[] uploads = [.. new[] { "first", "second" }.Select(id => new Upload(id, new string('b', 64), 1, $"{id}.txt", null, DateTimeOffset.UnixEpoch))];

        foreach (var upload in uploads) await Store.AddAsync(upload, Cancellation);

        foreach (var upload in uploads) Assert.Equal(upload, await Store.FindAsync(upload.Id, Cancellation));
    }

    [Fact]
    public async Task Measure_ContentsUploadedOnceAndTwice_CountsEachOnce()
    {
        Assert.Equal(new StoredFiles(0, 0), await Store.MeasureAsync(Cancellation));
        foreach (var (id, content, size) in new[] { ("1", 'c', 5_000_000_000), ("2", 'c', 5_000_000_000), ("3", 'd', 7L) }) await Store.AddAsync(new Upload(id, new string(content, 64), size, $"{id}.txt", null, DateTimeOffset.UnixEpoch), Cancellation);

        Assert.Equal(new StoredFiles(2, 5_000_000_007), await Store.MeasureAsync(Cancellation));
    }
}
