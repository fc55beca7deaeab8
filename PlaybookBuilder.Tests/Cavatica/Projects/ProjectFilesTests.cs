using System.Text;
using Microsoft.Extensions.DependencyInjection;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Projects;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Tests.Support.SevenBridges;
using PlaybookBuilder.Tests.Support.Wes;

namespace PlaybookBuilder.Tests.Cavatica.Projects;

/// <summary>The files of a user's project of the fake platform, looked through and taken in.</summary>
public sealed class ProjectFilesTests : IAsyncLifetime
{
    private const int Parts = 100;

    private CavaticaHost? _host;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CavaticaHost Host => _host!;

    private ProjectFiles Files => Host.Services.GetRequiredService<ProjectFiles>();

    public async ValueTask InitializeAsync() => _host = await CavaticaHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    [Fact]
    public async Task Folders_AreWalkedThrough_AndAFileIsTakenIn()
    {
        await Host.EnterAsync();
        var folder = Add(null, "counts", null);
        var file = Add(folder.Id, "genes.csv", "gene,a,b");

        var top = await Files.ListAsync(CavaticaHost.Ada, null, 0, Parts, Cancellation);
        var found = Assert.Single(top.Files);
        Assert.True(found.IsFolder && !top.HasMore);
        var inside = await Files.ListAsync(CavaticaHost.Ada, found.Id, 0, Parts, Cancellation);
        var heard = new List<FetchProgress>();
        var taken = await Files.TakeAsync(CavaticaHost.Ada, Assert.Single(inside.Files).Id, heard.Add, Cancellation);

        Assert.Equal(file.Id, inside.Files[0].Id);
        Assert.Equal(("genes.csv", 8), (taken.Filename, taken.Size));
        Assert.Equal((new FetchProgress(0, 8), new FetchProgress(8, 8)), (heard[0], heard[^1]));
        var own = await Host.Services.GetRequiredService<OwnUploads>().ListAsync(CavaticaHost.Ada, new UploadQuery(""), new(null, 10), Cancellation);
        Assert.Equal(taken.Sha256, Assert.Single(own.Items).Sha256);
    }

    [Fact]
    public async Task Folder_OfMany_ComesInParts_EachOnce()
    {
        await Host.EnterAsync();
        for (var number = 0; number < 7; number++) Add(null, $"{number}.txt", "x");
        var names = new List<string>();

        for (var hasMore = true; hasMore;)
        {
            var part = await Files.ListAsync(CavaticaHost.Ada, null, names.Count, 3, Cancellation);
            names.AddRange(part.Files.Select(static file => file.Name));
            hasMore = part.HasMore;
        }

        Assert.Equal(7, names.Count);
        Assert.Equal(7, names.Distinct().Count());
    }

    [Fact]
    public async Task File_ThatIsEmpty_IsTakenIn()
    {
        await Host.EnterAsync();

        Assert.Equal(0, (await TakeAsync(Add(null, "empty.txt", "").Id)).Size);
    }

    [Fact]
    public async Task File_WhoseAddressIsNotGivenAtOnce_IsAskedForAgain()
    {
        await Host.EnterAsync();
        var file = Add(null, "genes.csv", "gene,a,b");
        Host.Platform.Strike(new FakeFault("download_info", 503));

        Assert.Equal(8, (await TakeAsync(file.Id)).Size);
    }

    [Fact]
    public async Task WhatIsNoFile_IsRefused()
    {
        await Host.EnterAsync();
        var folder = Add(null, "folder", null);

        Assert.Equal(CavaticaAccountProblem.Missing, (await RefusalAsync(() => TakeAsync(folder.Id))).Problem);
        Assert.Equal(CavaticaAccountProblem.Missing, (await RefusalAsync(() => TakeAsync("5f00ffff"))).Problem);
        Assert.Equal(CavaticaAccountProblem.Missing, (await RefusalAsync(() => Files.ListAsync(CavaticaHost.Ada, "5f00ffff", 0, Parts, Cancellation))).Problem);
    }

    [Fact]
    public async Task File_ThatIsTooLarge_IsRefusedBeforeItIsRead()
    {
        await using var host = await CavaticaHost.StartAsync(settings: (UploadOptions.Variable, "10"));
        await host.EnterAsync();
        var file = host.Platform.Files.Add(CavaticaHost.Project, null, "large.bin", new byte[11]);

        await Assert.ThrowsAsync<UploadRefusedException>(() => host.Services.GetRequiredService<ProjectFiles>().TakeAsync(CavaticaHost.Ada, file.Id, static _ => { }, Cancellation));
        Assert.Empty(host.Platform.StorageRequests);
    }

    [Fact]
    public async Task Files_WithoutAKey_OrOfNobody_AreRefused()
    {
        Assert.False(await Host.Services.GetRequiredService<UserProjects>().AnyAsync(CavaticaHost.Ada, Cancellation));
        Assert.Equal(CavaticaAccountProblem.NoKey, (await RefusalAsync(() => Files.ListAsync(CavaticaHost.Ada, null, 0, Parts, Cancellation))).Problem);
        await Assert.ThrowsAsync<AccessException>(() => Files.ListAsync(Actor.Anonymous, null, 0, Parts, Cancellation));
        await Assert.ThrowsAsync<AccessException>(() => Files.TakeAsync(Actor.Anonymous, "5f", static _ => { }, Cancellation));
    }

    [Fact]
    public async Task Platform_ThatIsAway_IsToldWithoutTheKey()
    {
        await Host.EnterAsync();
        await Host.Platform.DisposeAsync();

        var refused = await RefusalAsync(() => Files.ListAsync(CavaticaHost.Ada, null, 0, Parts, Cancellation));

        Assert.Equal(CavaticaAccountProblem.Unreachable, refused.Problem);
        Assert.DoesNotContain(Host.Key, refused.ToString(), StringComparison.Ordinal);
    }

    private static Task<CavaticaAccountException> RefusalAsync(Func<Task> work) => Assert.ThrowsAsync<CavaticaAccountException>(work);

    private Task<Core.Components.Files.FileUrl> TakeAsync(string id) => Files.TakeAsync(CavaticaHost.Ada, id, static _ => { }, Cancellation);

    private FakeNode Add(string? folder, string name, string? content) => Host.Platform.Files.Add(CavaticaHost.Project, folder, name, content is null ? null : Encoding.UTF8.GetBytes(content));
}
