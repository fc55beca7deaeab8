using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Cavatica;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Cavatica.SevenBridges;

public sealed class SevenBridgesClientTests : IAsyncLifetime
{
    private const string Project = "ada/lab";

    private static readonly CallLimits Limits = new(4, TimeSpan.Zero, TimeSpan.FromSeconds(20));

    private static readonly SevenBridgesPlace Top = SevenBridgesPlace.TopOf(Project);

    private FakeSevenBridges _platform = null!;
    private string _token = null!;
    private SevenBridgesClient _client = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _platform = await FakeSevenBridges.StartAsync();
        _platform.SmallestPart = 10;
        _token = _platform.AddUser("ada");
        _platform.AddProject(Project);
        _client = Client(_token);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task User_OfTheToken_IsTold() => Assert.Equal("ada", (await _client.GetUserAsync(Cancellation)).Username);

    [Fact]
    public async Task User_WithAWrongToken_IsUnauthorizedAndTheTokenIsNowhere()
    {
        var error = await FailsAsync(SevenBridgesErrorKind.Unauthorized, () => Client("not-a-token-of-anybody").GetUserAsync(Cancellation));

        Assert.Equal((401, false), (error.Status, error.IsRetryable));
        Assert.DoesNotContain("not-a-token", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projects_OfManyPages_AreEachThereOnceAndOnlyOnesOwn()
    {
        _platform.AddUser("eve");
        _platform.AddProject("eve/secret");
        _platform.AddProject("eve/shared", ("ada", false));
        foreach (var number in Enumerable.Range(0, 230)) _platform.AddProject($"ada/p{number:D3}");

        var all = await _client.ListProjectsAsync(null, Cancellation).Select(static project => project.Id).ToListAsync(Cancellation);
        var some = await _client.ListProjectsAsync("p22", Cancellation).Select(static project => project.Id).ToListAsync(Cancellation);

        Assert.Equal(232, all.Count);
        Assert.Equal(all.Count, all.Distinct().Count());
        Assert.Contains("eve/shared", all);
        Assert.DoesNotContain("eve/secret", all);
        Assert.Equal(Enumerable.Range(220, 10).Select(static number => $"ada/p{number}"), some);
    }

    [Fact]
    public async Task Project_OfSomebodyElse_IsForbiddenAndAMissingOneNull()
    {
        _platform.AddProject("eve/secret");

        Assert.Equal(Project, (await _client.FindProjectAsync(Project, Cancellation))?.Id);
        Assert.Null(await _client.FindProjectAsync("ada/none", Cancellation));
        await FailsAsync(SevenBridgesErrorKind.Forbidden, () => _client.FindProjectAsync("eve/secret", Cancellation));
    }

    [Fact]
    public async Task App_MissingOrThere_IsNullOrItsRevision()
    {
        Assert.Null(await _client.FindAppAsync(Project, "worker", Cancellation));

        _platform.AddApp(Project, "worker", 3, JsonElement.Parse("""{"class":"CommandLineTool"}"""));
        var app = await _client.FindAppAsync(Project, "worker", Cancellation);

        Assert.Equal((3, $"{Project}/worker/3", "CommandLineTool"), (app?.Revision, app?.Id, app?.Raw.GetProperty("class").GetString()));
    }

    [Fact]
    public async Task Upload_InParts_IsReadBackFromItsSignedAddress()
    {
        var bytes = Encoding.UTF8.GetBytes("twenty-five bytes in all.");
        var file = await UploadAsync("a b+c.txt", bytes, partSize: 10);

        Assert.Equal(("a b+c.txt", 25L), (file.Name, file.Size));
        Assert.Equal(3, _platform.StorageRequests.Count);
        using var http = new HttpClient();
        Assert.Equal(bytes, await http.GetByteArrayAsync(await _client.Files.GetDownloadUrlAsync(file.Id, Cancellation), Cancellation));
        Assert.Equal(0, _platform.TokensAtStorage);
    }

    [Fact]
    public async Task Upload_PartSizeChangedByThePlatform_IsTaken()
    {
        _platform.PartSize = 7;
        var upload = await _client.Uploads.BeginAsync(Top, "file", 25, 10, isOverwriting: false, Cancellation);

        Assert.Equal(7, upload.PartSize);
    }

    [Fact]
    public async Task Upload_PartRefusedAndLost_IsSentAgain()
    {
        _platform.Strike(new FakeFault("PUT /parts", 503));
        _platform.Strike(new FakeFault("GET /v2/upload", 409, 8008));
        _platform.Strike(new FakeFault("POST /v2/upload"));
        var file = await UploadAsync("file", Encoding.UTF8.GetBytes("0123456789"), partSize: 10);

        Assert.Equal(10, file.Size);
        Assert.Equal(2, _platform.StorageRequests.Count);
    }

    [Fact]
    public async Task Upload_OntoATakenName_ReplacesOnlyWhenOverwriting()
    {
        var first = await UploadAsync("file", [1], partSize: 10);
        await FailsAsync(SevenBridgesErrorKind.Exists, () => UploadAsync("file", [2], partSize: 10, isOverwriting: false));
        var second = await UploadAsync("file", [2, 2], partSize: 10);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(second.Id, (await _client.Files.FindAsync(Top, "file", Cancellation))?.Id);
    }

    [Fact]
    public async Task Upload_Aborted_IsGoneAlsoTheSecondTime()
    {
        var upload = await _client.Uploads.BeginAsync(Top, "file", 25, 10, isOverwriting: false, Cancellation);
        Assert.Equal(upload.UploadId, Assert.Single(await _client.Uploads.ListAsync(Cancellation).ToListAsync(Cancellation)).UploadId);

        await _client.Uploads.AbortAsync(upload.UploadId, Cancellation);
        await _client.Uploads.AbortAsync(upload.UploadId, Cancellation);
        Assert.Null(await _client.Uploads.FindAsync(upload.UploadId, Cancellation));
    }

    [Fact]
    public async Task Files_InFolders_AreFoundCopiedMovedTaggedAndDeleted()
    {
        var folder = await _client.Files.CreateFolderAsync(Top, "folder", Cancellation);
        await FailsAsync(SevenBridgesErrorKind.Exists, () => _client.Files.CreateFolderAsync(Top, "folder", Cancellation));
        var file = await UploadAsync("file", [1, 2, 3], partSize: 10);
        var copy = await _client.Files.CopyAsync(file.Id, SevenBridgesPlace.In(folder.Id), "copy", Cancellation);
        var moved = await _client.Files.MoveAsync(file.Id, SevenBridgesPlace.In(folder.Id), "moved", Cancellation);
        await _client.Files.SetMetadataAsync(copy.Id, new Dictionary<string, string> { ["sha256"] = "abc" }, Cancellation);
        await _client.Files.SetTagsAsync(copy.Id, ["one", "two"], Cancellation);

        Assert.Equal(["copy", "moved"], await _client.Files.ListAsync(SevenBridgesPlace.In(folder.Id), Cancellation).Select(static item => item.Name).ToListAsync(Cancellation));
        Assert.Equal((file.Id, true), (moved.Id, (await _client.Files.FindAsync(Top, "folder", Cancellation))?.IsFolder));
        var whole = await _client.Files.FindAsync(copy.Id, Cancellation);
        Assert.Equal(("abc", "one two"), (whole?.Metadata?["sha256"].GetString(), string.Join(' ', whole?.Tags ?? [])));
        Assert.Equal(SevenBridgesFiles.FolderIsNotEmpty, (await FailsAsync(SevenBridgesErrorKind.Failed, () => _client.Files.DeleteAsync(folder.Id, Cancellation))).Code);
        Assert.True(await _client.Files.DeleteAsync(copy.Id, Cancellation));
        Assert.False(await _client.Files.DeleteAsync(copy.Id, Cancellation));
        Assert.Null(await _client.Files.FindAsync(copy.Id, Cancellation));
    }

    [Fact]
    public async Task Copy_AnswerLost_IsInDoubtAndNotMadeAgain()
    {
        var file = await UploadAsync("file", [1], partSize: 10);
        _platform.Strike(new FakeFault("actions/copy"));
        var error = await FailsAsync(SevenBridgesErrorKind.Unavailable, () => _client.Files.CopyAsync(file.Id, Top, "copy", Cancellation));

        Assert.True(error.IsInDoubt);
        Assert.Equal(["copy", "file"], await _client.Files.ListAsync(Top, Cancellation).Select(static item => item.Name).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task List_ThatShrinksBetweenPages_MissesNothing()
    {
        FakeNode[] nodes;
        lock (_platform.Lock) nodes = [.. Enumerable.Range(0, 25).Select(number => _platform.Files.Add(Project, null, $"{number:D2}", []))];
        var client = Client(_token, pageSize: 10);
        var names = new List<string>();
        await foreach (var file in client.Files.ListAsync(Top, Cancellation))
        {
            names.Add(file.Name);
            if (names.Count != 10) continue;

            lock (_platform.Lock) _platform.Files.Remove(nodes[0]);
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(static number => $"{number:D2}"), names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(503, 0)]
    [InlineData(503, 5000)]
    [InlineData(500, 0)]
    [InlineData(429, 1000)]
    public async Task Call_AnsweredOnceWithWhatPasses_IsMadeAgain(int status, int code)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        // Of a token that no client with another clock has.
        var client = Client(_platform.AddUser("ada"), clock: clock);
        _platform.Strike(new FakeFault("GET /v2/user", status, code));
        var asking = client.GetUserAsync(Cancellation);
        while (!asking.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("ada", (await asking).Username);
        Assert.Equal(2, _platform.Requests.Count);
    }

    [Fact]
    public async Task Call_DuringMaintenance_SaysSoInTheEnd()
    {
        foreach (var _ in Enumerable.Range(0, Limits.Attempts)) _platform.Strike(new FakeFault("/v2/user", 503));
        var error = await FailsAsync(SevenBridgesErrorKind.Maintenance, () => _client.GetUserAsync(Cancellation));

        Assert.True(error.IsRetryable);
        Assert.Equal(Limits.Attempts, _platform.Requests.Count);
    }

    [Fact]
    public async Task RateLimit_UsedUp_IsWaitedForAndSharedByClientsOfTheToken()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var platform = await FakeSevenBridges.StartAsync(clock);
        var token = platform.AddUser("ada");
        platform.LimitRate(3, TimeSpan.FromMinutes(5));
        SevenBridgesClient[] clients = [Client(token, platform.Address, clock), Client(token, platform.Address, clock)];
        foreach (var number in Enumerable.Range(0, 3)) await clients[number % 2].GetUserAsync(Cancellation);

        var fourth = clients[0].GetUserAsync(Cancellation);
        using var given = new CancellationTokenSource();
        var fifth = clients[1].GetUserAsync(given.Token);
        clock.Advance(TimeSpan.FromMinutes(4.9));
        Assert.False(fourth.IsCompleted);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fifth);
        Assert.Equal(3, platform.Requests.Count);

        clock.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal("ada", (await fourth).Username);
    }

    [Fact]
    public async Task Call_WithoutAnAnswer_EndsWithinItsLimit()
    {
        await using var relay = new FaultyRelay(_platform.Port);
        relay.Plan(static () => new Fault(FaultKind.Stall, InAnswer: true, After: 0));
        var client = new SevenBridgesClient(new SevenBridgesSettings { Endpoint = new Uri($"http://127.0.0.1:{relay.Port}"), Token = _token, Limits = new CallLimits(2, TimeSpan.Zero, TimeSpan.FromSeconds(0.3)) });

        await FailsAsync(SevenBridgesErrorKind.Unavailable, () => client.GetUserAsync(Cancellation));
    }

    [Fact]
    public async Task Call_PlatformGone_IsUnavailable()
    {
        var address = _platform.Address;
        await _platform.DisposeAsync();

        var error = await FailsAsync(SevenBridgesErrorKind.Unavailable, () => Client(_token, address).Files.CopyAsync("x", Top, "y", Cancellation));
        Assert.False(error.IsInDoubt);
    }

    [Theory]
    [InlineData("http://cavatica-api.sbgenomics.com", "token", "https")]
    [InlineData("https://user@cavatica-api.sbgenomics.com", "token", "https")]
    [InlineData("https://cavatica-api.sbgenomics.com", "", "token is empty")]
    [InlineData("https://cavatica-api.sbgenomics.com", "secret\r\nHost: x", "token is empty or has characters")]
    public void Settings_Wrong_AreRefusedWithoutTellingTheToken(string endpoint, string token, string reason)
    {
        var error = Assert.Throws<ArgumentException>(() => new SevenBridgesClient(new SevenBridgesSettings { Endpoint = new Uri(endpoint), Token = token }));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_Shown_HideTheToken() => Assert.DoesNotContain("hush", new SevenBridgesSettings { Token = "hush" }.ToString(), StringComparison.Ordinal);

    private static async Task<SevenBridgesException> FailsAsync(SevenBridgesErrorKind kind, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<SevenBridgesException>(call);
        Assert.True(error.Kind == kind, error.ToString());
        return error;
    }

    private SevenBridgesClient Client(string token, Uri? address = null, TimeProvider? clock = null, int pageSize = 100) =>
        new(new SevenBridgesSettings
        {
            Endpoint = address ?? _platform.Address,
            Token = token,
            PageSize = pageSize,
            // A clock that is moved by hand may run far while the fake answers.
            Limits = clock is null ? Limits : Limits with { Clock = clock, CallLimit = TimeSpan.FromDays(40) },
        });

    private async Task<SevenBridgesFile> UploadAsync(string name, byte[] bytes, int partSize, bool isOverwriting = true)
    {
        var upload = await _client.Uploads.BeginAsync(Top, name, bytes.Length, partSize, isOverwriting, Cancellation);
        foreach (var (index, part) in bytes.Chunk((int)upload.PartSize).Index())
            await _client.Uploads.PutPartAsync(upload, index + 1, part.Length, () => new MemoryStream(part), Cancellation);

        return await _client.Uploads.CompleteAsync(upload, Cancellation);
    }
}
