using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Storage;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Checks;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Tests.Storage;
using PlaybookBuilder.Tests.Storage.Faults;

namespace PlaybookBuilder.Tests.Files.Checks;

/// <summary>Stored contents that are read again, on every database.</summary>
public abstract class ContentChecksConformance : IAsyncLifetime
{
    private static readonly DateTimeOffset Ever = DateTimeOffset.MaxValue;
    private static readonly Actor Admin = new(Guid.NewGuid(), IsAdmin: true);

    private readonly MemoryStorage _storage = new(TimeProvider.System);
    private FilesHost? _host;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private protected FilesHost Host => _host!;

    // What a test does where a content is read; null for what the storage does.
    private Func<Task<Stream>>? OnOpenRead { get; set; }

    public async ValueTask InitializeAsync()
    {
        var watched = new FaultyStorage(_storage) { OnOpenRead = (_, _) => OnOpenRead?.Invoke()! };
        _host = await FilesHost.StartAsync(await OpenAsync(), services => services.Replace(ServiceDescriptor.Singleton<IStorage>(watched)));
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The address of an empty database.</summary>
    private protected abstract Task<string> OpenAsync();

    [Fact]
    public async Task Run_OverGoodContents_ReadsEachOnceAndNotAgainSoon()
    {
        foreach (var text in new[] { "one", "two", "two", "" }) await Host.UploadAsync(null, text);
        var before = DateTimeOffset.UtcNow;

        Assert.Equal(new CheckedContents(3, 0), await RunAsync(before));
        Assert.Equal(new CheckedContents(0, 0), await RunAsync(before));
        Assert.Equal(new CheckedContents(3, 0), await RunAsync(Ever));
        Assert.Empty((await ListAsync()).Items);
    }

    [Fact]
    public async Task Run_OverDamagedContents_TellsWhatIsWrongUntilItIsRightAgain()
    {
        var user = await Host.NewUserAsync();
        foreach (var text in new[] { "gone", "cut", "changed", "fine" }) await Host.UploadAsync(user.UserId, text);
        await _storage.DeleteAsync(PathOf("gone"), Cancellation);
        await WriteAsync("cut", "cu");
        await WriteAsync("changed", "Changed");

        Assert.Equal(new CheckedContents(4, 3), await RunAsync(Ever));

        var damaged = (await ListAsync()).Items;
        Assert.Equal(
            ["It has 2 bytes and should have 3.", "Its bytes are gone.", "Its bytes have another checksum."],
            damaged.Select(static content => content.Problem).Order(StringComparer.Ordinal));
        Assert.All(damaged, content => Assert.Equal((1, "counts.csv", user.UserId), (content.Uploads, content.Filename, content.UserId)));
        await WriteAsync("changed", "changed");
        Assert.Equal(new CheckedContents(4, 2), await RunAsync(Ever));
        Assert.Equal(2, (await ListAsync()).Items.Count);
    }

    [Theory]
    [InlineData("Changed")]
    [InlineData(null)]
    public async Task Upload_OfWhatIsKnownToBeDamaged_MendsIt(string? instead)
    {
        var user = await Host.NewUserAsync();
        var url = await Host.UploadAsync(user.UserId, "changed");
        await DamageAsync("changed", instead);

        var again = await Host.UploadAsync(user.UserId, "changed");

        Assert.Equal("changed", Encoding.UTF8.GetString(await _storage.ReadAsync(PathOf("changed").Value)));
        Assert.Empty((await ListAsync()).Items);
        foreach (var mended in new[] { url, again }) Assert.False((await FindAsync(mended)).IsDamaged);
        // Where bytes were lost, those that came instead are looked at soon.
        Assert.Equal(new CheckedContents(1, 0), await RunAsync(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task Read_OfWhatIsKnownToBeDamaged_IsRefused()
    {
        var user = await Host.NewUserAsync();
        var url = await Host.UploadAsync(user.UserId);
        var playbook = FilesHost.Naming(url, "GeneCountMatrixFileUpload");
        await Host.ImportAsync(playbook, user);
        await DamageAsync(FilesHost.Counts, FilesHost.Counts.Replace('1', '7'));

        var upload = await FindAsync(url);

        Assert.True(upload.IsDamaged);
        var contents = Host.Get<UploadContents>();
        Assert.Equal(StorageErrorKind.Damaged, (await Assert.ThrowsAsync<StorageException>(() => contents.CheckAsync(upload, Cancellation))).Kind);
        Assert.Equal(StorageErrorKind.Damaged, (await Assert.ThrowsAsync<StorageException>(() => contents.SignAsync(upload, TimeSpan.FromHours(1), Cancellation))).Kind);
        Assert.Contains("damaged", ErrorData.MessageOf(await Host.ComputeAsync(playbook)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OverWhatWasPutBack_FindsItRightWithoutWaitingForItsTime()
    {
        await Host.UploadAsync(null, "changed");
        await DamageAsync("changed", "Changed");
        await WriteAsync("changed", "changed");

        Assert.Equal(new CheckedContents(1, 0), await RunAsync(DateTimeOffset.UnixEpoch));
        Assert.Empty((await ListAsync()).Items);
        Assert.Equal(new CheckedContents(0, 0), await RunAsync(DateTimeOffset.UnixEpoch));
    }

    [Fact]
    public async Task Run_WhenItsTimeIsOver_LeavesTheRest()
    {
        await Host.UploadAsync(null, "one");

        Assert.Equal(new CheckedContents(0, 0), await Host.Get<ContentChecks>().RunAsync(Ever, DateTimeOffset.UtcNow, Cancellation));
    }

    [Fact]
    public async Task Run_WhileTheStoreIsAway_SaysNothingOfIt()
    {
        await Host.UploadAsync(null, "one");
        OnOpenRead = static () => throw new StorageException(StorageErrorKind.Unavailable, "away");

        await Assert.ThrowsAsync<StorageException>(() => RunAsync(Ever));

        Assert.Empty((await ListAsync()).Items);
        OnOpenRead = null;
        Assert.Equal(new CheckedContents(1, 0), await RunAsync(DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task Run_OverWhatIsDeletedMeanwhile_MissesNothing()
    {
        var user = await Host.NewUserAsync();
        var url = await Host.UploadAsync(user.UserId, "one");
        OnOpenRead = async () =>
        {
            await Host.Get<OwnUploads>().DeleteAsync(user, url.Split('/')[^1], Cancellation);
            throw StorageException.NotFound(PathOf("one"));
        };

        Assert.Equal(new CheckedContents(0, 0), await RunAsync(Ever));
        Assert.Empty((await ListAsync()).Items);
    }

    [Fact]
    public async Task Run_AfterADamagedContentWasDeleted_ForgetsIt()
    {
        var user = await Host.NewUserAsync();
        var url = await Host.UploadAsync(user.UserId, "one");
        await _storage.DeleteAsync(PathOf("one"), Cancellation);
        await RunAsync(Ever);
        await Host.Get<OwnUploads>().DeleteAsync(user, url.Split('/')[^1], Cancellation);

        await RunAsync(Ever);

        Assert.Empty((await ListAsync()).Items);
    }

    [Fact]
    public async Task List_OfMany_IsPagedAndOnlyForAdministrators()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        await Host.Get<IModelDatabase>().WriteAsync(
            (context, token) =>
            {
                context.AddRange(Enumerable.Range(0, 7).Select(i => new ContentCheckRow { Sha256 = $"{i:x64}", Checked = at.AddMinutes(i / 3), Problem = i == 0 ? null : "It is gone." }));
                return context.SaveChangesAsync(token);
            },
            Cancellation);
        var found = new List<DamagedContent>();
        for (string? after = ""; after is not null;)
        {
            var page = await Host.Get<DamagedContents>().ListAsync(Admin, new PageRequest(after == "" ? null : after, 2), Cancellation);
            found.AddRange(page.Items);
            after = page.Next;
        }

        Assert.Equal([$"{6:x64}", $"{3:x64}", $"{4:x64}", $"{5:x64}", $"{1:x64}", $"{2:x64}"], found.Select(static content => content.Sha256));
        await Assert.ThrowsAsync<AccessException>(() => Host.Get<DamagedContents>().ListAsync(new Actor(Guid.NewGuid()), new PageRequest(), Cancellation));
    }

    private static StoragePath PathOf(string text) => FileIngest.PathOf(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));

    private Task WriteAsync(string text, string instead) => _storage.WriteAsync(PathOf(text), new MemoryStream(Encoding.UTF8.GetBytes(instead)), Cancellation);

    private async Task DamageAsync(string text, string? instead)
    {
        if (instead is null) await _storage.DeleteAsync(PathOf(text), Cancellation);
        else await WriteAsync(text, instead);
        Assert.Equal(new CheckedContents(1, 1), await RunAsync(Ever));
    }

    private async Task<Upload> FindAsync(string url) => (await Host.Get<IUploadStore>().FindAsync(url.Split('/')[^1], Cancellation))!;

    private Task<CheckedContents> RunAsync(DateTimeOffset since) => Host.Get<ContentChecks>().RunAsync(since, Ever, Cancellation);

    private Task<Paged<DamagedContent>> ListAsync() => ListAsync(new PageRequest());

    private protected Task<Paged<DamagedContent>> ListAsync(PageRequest page) => Host.Get<DamagedContents>().ListAsync(Admin, page, Cancellation);
}
