using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.Sbfs;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Sbfs;

/// <summary>What is particular to the platform, looked at from beside the storage.</summary>
public sealed class SbfsStorageTests(SevenBridgesPlatform platform) : IClassFixture<SevenBridgesPlatform>, IAsyncLifetime
{
    private const int Large = 500_000;

    private SbfsSettings _settings = null!;
    private SbfsStorage _storage = null!;

    private static CancellationToken None => CancellationToken.None;

    private FakeSevenBridges Fake => platform.Fake;

    public ValueTask InitializeAsync()
    {
        _settings = SbfsStores.Settings(platform);
        _storage = new SbfsStorage(_settings);
        Fake.Requests.Clear();
        Fake.StorageRequests.Clear();
        return ValueTask.CompletedTask;
    }

    /// <summary>Of everything that a test did, nothing may have sent the token elsewhere.</summary>
    public ValueTask DisposeAsync()
    {
        Assert.Equal(0, Fake.TokensAtStorage);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Write_Committed_IsAFileBelowTheRootWithItsChecksumBeside()
    {
        await _storage.WriteAsync("folder/blob", Bytes(Large));

        var file = Assert.Single(Nodes(), static node => node.Bytes is not null);
        Assert.Equal(["blob", "folder", "of it", "tests"], Nodes().Select(static node => node.Name).Order(StringComparer.Ordinal));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Bytes(Large))), file.Metadata["sha256"]);
        Assert.Equal(8, Fake.StorageRequests.Count(static line => line.StartsWith("PUT", StringComparison.Ordinal)));
        Assert.Empty(Uploads());
    }

    [Theory]
    [InlineData(70_000)]
    [InlineData(1_000_000)]
    public async Task Write_PlatformChangesThePartSize_IsWhole(long partSize)
    {
        Fake.PartSize = partSize;
        try
        {
            await _storage.WriteAsync("blob", Bytes(Large));
        }
        finally
        {
            Fake.PartSize = null;
        }

        Assert.Equal(Bytes(Large), await _storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task Write_PartsFailNowAndThen_IsWholeAllTheSame()
    {
        foreach (var number in Enumerable.Range(1, 5)) Fake.Strike(new FakeFault("PUT /parts", number % 2 == 0 ? 403 : 500));
        await _storage.WriteAsync("blob", Bytes(Large));

        Assert.Equal(Bytes(Large), await _storage.ReadAsync("blob"));
        Assert.Equal(13, Fake.StorageRequests.Count(static line => line.StartsWith("PUT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Write_APartFailsForGood_IsAbortedAndReported()
    {
        await _storage.WriteAsync("blob", Bytes(10));
        var storage = new SbfsStorage(_settings with { Retries = new CallRetries(1, TimeSpan.Zero, TimeSpan.FromSeconds(20)) });
        Fake.Strike(new FakeFault("PUT /parts", 500));

        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.WriteAsync("blob", Bytes(Large)));
        Assert.Empty(Uploads());
        Assert.Equal(Bytes(10), await _storage.ReadAsync("blob"));
    }

    [Theory]
    [InlineData("/complete")]
    [InlineData("POST /v2/upload/multipart")]
    [InlineData("POST /v2/files")]
    public async Task Write_AnswerLost_IsThereOnce(string request)
    {
        Fake.Strike(new FakeFault(request));
        await _storage.WriteAsync("folder/blob", Bytes(Large));

        Assert.Equal(["folder/blob"], await _storage.ListAsync());
        Assert.Equal(Bytes(Large), await _storage.ReadAsync("folder/blob"));
    }

    [Fact]
    public async Task Write_CompletionRefused_IsReportedAndAborted()
    {
        Fake.Strike(new FakeFault("/complete", 409, 8007));

        await AssertFailsAsync(StorageErrorKind.Failed, () => _storage.WriteAsync("blob", Bytes(10)));
        Assert.Empty(Uploads());
        Assert.Null(await _storage.StatAsync("blob"));
    }

    [Fact]
    public async Task Write_FolderDeletedByOthers_MakesItAgain()
    {
        await _storage.WriteAsync("folder/blob", Bytes(10));
        Remove("blob");
        Remove("folder");
        await _storage.WriteAsync("folder/other", Bytes(20));

        Assert.Equal(["folder/other"], await _storage.ListAsync());
        Assert.Null(await _storage.StatAsync("folder/blob"));
    }

    [Fact]
    public async Task EveryCall_DuringMaintenance_IsUnavailableAndWorksAfterwards()
    {
        var storage = new SbfsStorage(_settings with { Retries = new CallRetries(2, TimeSpan.Zero, TimeSpan.FromSeconds(20)) });
        await storage.WriteAsync("blob", Bytes(10));
        foreach (var call in new Func<Task>[] { () => storage.StatAsync("blob"), () => storage.ReadAsync("blob"), () => storage.WriteAsync("blob", Bytes(20)), () => storage.ListAsync(), () => storage.DeleteAsync(At("blob"), None) })
        {
            foreach (var _ in Enumerable.Range(0, 2)) Fake.Strike(new FakeFault("/v2/", 503));
            await AssertFailsAsync(StorageErrorKind.Unavailable, call);
        }

        Fake.Strike(new FakeFault("/v2/", 503));
        Assert.Equal(Bytes(10), await storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task EveryCall_WithAWrongToken_IsDeniedAndTellsNoSecret()
    {
        var storage = new SbfsStorage(_settings with { Token = "not-the-secret" });
        Func<Task>[] calls =
        [
            () => storage.StatAsync("blob"),
            () => storage.ReadAsync("blob"),
            () => storage.WriteAsync("blob", Bytes(10)),
            () => storage.ListAsync(),
            () => storage.DeleteAsync(At("blob"), None),
            () => storage.CopyAsync(At("blob"), At("copy"), None),
            () => storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow, None),
        ];
        foreach (var call in calls)
        {
            var error = await Assert.ThrowsAsync<StorageException>(call);
            Assert.True(error.Kind == StorageErrorKind.AccessDenied, error.ToString());
            Assert.DoesNotContain("not-the-secret", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Project_ThatOneMayOnlyRead_IsReadAndNotWritten()
    {
        await _storage.WriteAsync("blob", Bytes(10));
        var reader = Fake.AddUser($"reader-{Guid.NewGuid():N}");
        lock (Fake.Lock) Fake.AddProject(_settings.Project, (Fake.NameOf(reader), false));
        var storage = new SbfsStorage(_settings with { Token = reader });

        Assert.Equal(Bytes(10), await storage.ReadAsync("blob"));
        await AssertFailsAsync(StorageErrorKind.AccessDenied, () => storage.WriteAsync("other", Bytes(10)));
        await AssertFailsAsync(StorageErrorKind.AccessDenied, () => storage.DeleteAsync(At("blob"), None));
    }

    [Fact]
    public async Task Project_Missing_Fails()
    {
        var storage = new SbfsStorage(_settings with { Project = "Ada/none" });

        await AssertFailsAsync(StorageErrorKind.Failed, () => storage.WriteAsync("blob", Bytes(10)));
    }

    [Fact]
    public async Task Read_AddressExpiredInTheMiddle_GoesOn()
    {
        await _storage.WriteAsync("blob", Bytes(Large));
        await using var open = await _storage.OpenReadAsync(At("blob"), null, None);
        await open.ReadExactlyAsync(new byte[10]);
        Fake.ExpireSignatures();
        open.Position = 1_000;

        Assert.Equal(Bytes(Large)[1_000..], await ReadAllAsync(open));
    }

    [Fact]
    public async Task Read_SeekAfterReplacement_FailsInsteadOfJoiningTwoFiles()
    {
        await _storage.WriteAsync("blob", Bytes(Large));
        await using var open = await _storage.OpenReadAsync(At("blob"), null, None);
        await open.ReadExactlyAsync(new byte[10]);
        await _storage.WriteAsync("blob", Bytes(Large, seed: 2));
        open.Position = 1_000;

        var error = await Assert.ThrowsAsync<StorageException>(() => ReadAllAsync(open));
        Assert.Equal((StorageErrorKind.Failed, true), (error.Kind, error.Message.Contains("was replaced or deleted", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Read_InOneProject_TakesFewRequests()
    {
        await _storage.WriteAsync("a/b/c/blob", Bytes(Large));
        Fake.Requests.Clear();
        await _storage.ReadAsync("a/b/c/blob");

        Assert.Equal(2, Fake.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CopyAndMove_OntoATakenName_LeaveNoOtherName(bool isRenaming)
    {
        lock (Fake.Lock) Fake.Files.IsRenaming = isRenaming;
        await _storage.WriteAsync("source", Bytes(Large));
        await _storage.WriteAsync("copy", Bytes(10));
        await _storage.WriteAsync("moved", Bytes(10));
        await _storage.CopyAsync(At("source"), At("copy"), None);
        await _storage.MoveAsync(At("source"), At("moved"), None);

        Assert.Equal(["copy", "moved"], await _storage.ListAsync());
        Assert.Equal(Bytes(Large), await _storage.ReadAsync("moved"));
    }

    [Fact]
    public async Task Copy_ToAFreeName_MovesNoBytes()
    {
        await _storage.WriteAsync("source", Bytes(Large));
        Fake.StorageRequests.Clear();
        await _storage.CopyAsync(At("source"), At("copy"), None);

        Assert.Empty(Fake.StorageRequests);
    }

    [Fact]
    public async Task List_ThousandsOfFilesOfOthers_HasEachOnceWithoutNamesThatAreNoPaths()
    {
        await _storage.WriteAsync("folder/blob", Bytes(1));
        lock (Fake.Lock)
        {
            var folder = Nodes().Single(static node => node.Name == "folder").Id;
            foreach (var number in Enumerable.Range(0, 3_000)) Fake.Files.Add(_settings.Project, folder, $"{number:D4}", new byte[number % 7]);
            Fake.Files.Add(_settings.Project, folder, "a\\b", []);
            Fake.Files.Add(_settings.Project, folder, ".pending-x", []);
            Fake.Files.Add(_settings.Project, null, "beside", []);
        }

        Fake.Requests.Clear();
        Assert.Equal([.. Enumerable.Range(0, 3_000).Select(static number => $"folder/{number:D4}"), "folder/blob"], await _storage.ListAsync());
        Assert.InRange(Fake.Requests.Count, 31, 40);
    }

    [Fact]
    public async Task RateLimit_UsedUp_IsWaitedForAndNotExceeded()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var fake = await FakeSevenBridges.StartAsync(clock);
        var token = fake.AddUser("Ada");
        fake.AddProject("Ada/lab");
        // The clock runs far while the fake answers.
        fake.SignatureLifetime = TimeSpan.FromDays(400);
        fake.LimitRate(10, TimeSpan.FromMinutes(5));
        var storage = new SbfsStorage(_settings with { Endpoint = fake.Address, Token = token, Project = "Ada/lab", Retries = new CallRetries(1, TimeSpan.Zero, TimeSpan.FromDays(40)) { Clock = clock } });
        var writing = Task.WhenAll(Enumerable.Range(0, 5).Select(number => storage.WriteAsync($"{number}", Bytes(10))));
        while (!writing.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        await writing;
        Assert.InRange(fake.Requests.Count, 30, 60);
        Assert.Equal(0, fake.RefusedForTheirRate);
    }

    [Fact]
    public async Task RemoveAbandonedWrites_OfKilledWriters_RemovesThoseBelowTheRootOnly()
    {
        await _storage.WriteAsync("folder/blob", Bytes(10));
        var client = _settings.Connect();
        var folder = Nodes().Single(static node => node.Name == "folder").Id;
        await client.Uploads.BeginAsync(SevenBridgesPlace.In(folder), "ours", 10, 10, isOverwriting: true, None);
        await client.Uploads.BeginAsync(SevenBridgesPlace.TopOf(_settings.Project), "beside", 10, 10, isOverwriting: true, None);

        Assert.Equal(0, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(-1), None));
        Assert.Equal(1, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), None));
        Assert.Equal("beside", Assert.Single(Uploads()).Name);
        Assert.Equal(1, await new SbfsStorage(_settings with { Root = null }).RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), None));
    }

    private List<FakeNode> Nodes()
    {
        lock (Fake.Lock) return [.. Fake.Files.All.Where(node => node.Project == _settings.Project)];
    }

    private IEnumerable<FakeUpload> Uploads() => Fake.Uploads.Where(upload => upload.Project == _settings.Project);

    private void Remove(string name)
    {
        lock (Fake.Lock) Fake.Files.Remove(Nodes().Single(node => node.Name == name));
    }
}
