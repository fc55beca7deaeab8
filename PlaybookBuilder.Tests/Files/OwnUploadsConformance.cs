using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files;

/// <summary>How users find and share their uploads, on every database.</summary>
public abstract class OwnUploadsConformance : IAsyncLifetime
{
    private FilesHost? _host;

    private FilesHost Host => _host!;

    private OwnUploads Uploads => Host.Get<OwnUploads>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await FilesHost.StartAsync(await OpenAsync());

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The address of an empty database.</summary>
    private protected abstract Task<string> OpenAsync();

    [Fact]
    public async Task List_InAnyOrder_HasEachOnceInParts()
    {
        var owner = await Host.NewUserAsync();
        foreach (var (name, size) in new[] { ("b_1.csv", 3), ("a_2.csv", 3), ("b_1.csv", 1), ("c.txt", 2), ("a_1.csv", 3) }) await UploadAsync(owner, name, size);
        await UploadAsync(await Host.NewUserAsync(), "a.csv", 1);

        // Several may have come in the same millisecond.
        var newest = await ListAsync(owner, new());
        Assert.Equal(newest.OrderByDescending(upload => upload.Created).Select(upload => upload.Created), newest.Select(upload => upload.Created));
        Assert.Equal(["a_1.csv", "a_2.csv", "b_1.csv", "b_1.csv", "c.txt"], (await ListAsync(owner, new(null, UploadOrder.Name))).Select(upload => upload.Filename));
        Assert.Equal([3, 3, 3, 2, 1], (await ListAsync(owner, new(null, UploadOrder.Size))).Select(upload => upload.Size));
        foreach (var order in Enum.GetValues<UploadOrder>()) Assert.Equal(5, (await ListAsync(owner, new("", order))).Select(upload => upload.Id).Distinct().Count());
    }

    [Fact]
    public async Task List_OfWhatIsLookedFor_HasItInItsName()
    {
        var owner = await Host.NewUserAsync();
        foreach (var name in new[] { "Counts.csv", "more counts.csv", "labels%.csv" }) await UploadAsync(owner, name, 1);

        Assert.Equal(["Counts.csv", "more counts.csv"], (await ListAsync(owner, new(" cOUNTS ", UploadOrder.Name))).Select(upload => upload.Filename));
        Assert.Equal(["labels%.csv"], (await ListAsync(owner, new("%"))).Select(upload => upload.Filename));
        Assert.Empty(await ListAsync(owner, new("nothing")));
        await Assert.ThrowsAsync<WorkflowException>(() => ListAsync(owner, new("a\0b")));
        await Assert.ThrowsAsync<WorkflowException>(() => Uploads.ListAsync(owner, new(null, UploadOrder.Size), new PageRequest("no place"), Cancellation));
    }

    [Fact]
    public async Task Share_OnesOwn_OpensItToOthersAndIsWrittenDown()
    {
        var (owner, other) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        var id = await UploadAsync(owner, "a.csv", 1);
        var files = Host.Get<IUploadStore>();

        Assert.False((await files.FindAsync(id, Cancellation))!.IsReadableBy(other));
        Assert.Equal(UploadSharing.Link, (await Uploads.ShareAsync(owner, id, UploadSharing.Link, "127.0.0.1", Cancellation)).Sharing);
        Assert.True((await files.FindAsync(id, Cancellation))!.IsReadableBy(Actor.Anonymous));
        Assert.Equal(UploadSharing.Link, Assert.Single(await ListAsync(owner, new())).Sharing);
        await Uploads.ShareAsync(owner, id, UploadSharing.Private, "127.0.0.1", Cancellation);
        Assert.False((await files.FindAsync(id, Cancellation))!.IsReadableBy(other));

        var entries = (await Host.Get<AuditLog>().ListAsync(await Host.NewUserAsync(isAdmin: true), owner.UserId, "upload.share", new PageRequest(), Cancellation)).Items;
        Assert.Equal(["a.csv: private", "a.csv: link"], entries.Select(entry => entry.Detail));
    }

    [Fact]
    public async Task Share_WhatIsNotOnesOwn_IsRefused()
    {
        var owner = await Host.NewUserAsync();
        var id = await UploadAsync(owner, "a.csv", 1);

        foreach (var (actor, problem) in new[]
        {
            (await Host.NewUserAsync(), AccessProblem.NotFound), (await Host.NewUserAsync(isAdmin: true), AccessProblem.NotFound), (Actor.Anonymous, AccessProblem.NotSignedIn), (owner with { Scopes = AccessScopes.Read | AccessScopes.Run }, AccessProblem.Forbidden),
        })
        {
            Assert.Equal(problem, (await Assert.ThrowsAsync<AccessException>(() => Uploads.ShareAsync(actor, id, UploadSharing.Public, "127.0.0.1", Cancellation))).Problem);
        }

        Assert.Equal(UploadSharing.Private, (await Host.Get<IUploadStore>().FindAsync(id, Cancellation))!.Sharing);
    }

    private async Task<string> UploadAsync(Actor owner, string name, int size) =>
        DrsUri.Parse((await Host.Get<FileUploads>().AddAsync(name, new GeneratedStream(size), owner.UserId, Cancellation))!.Url).Id;

    private async Task<List<Upload>> ListAsync(Actor owner, UploadQuery query)
    {
        var (listed, next) = (new List<Upload>(), (string?)null);
        do
        {
            var part = await Uploads.ListAsync(owner, query, new PageRequest(next, 2), Cancellation);
            listed.AddRange(part.Items);
            next = part.Next;
        }
        while (next is not null);

        return listed;
    }
}

public sealed class SqliteOwnUploadsConformance : OwnUploadsConformance
{
    private protected override Task<string> OpenAsync() => Task.FromResult(DatabaseOptions.Memory);
}

public sealed class PostgresOwnUploadsConformance(PostgresServer server) : OwnUploadsConformance
{
    private protected override Task<string> OpenAsync() => server.NewDatabaseAsync();
}
