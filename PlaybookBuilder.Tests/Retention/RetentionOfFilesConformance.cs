using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Retention;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Files;

namespace PlaybookBuilder.Tests.Retention;

/// <summary>What becomes of files that steps made, on every database.</summary>
public abstract class RetentionOfFilesConformance : IAsyncLifetime
{
    private FilesHost? _host;

    private FilesHost Host => _host!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await FilesHost.StartAsync(await OpenAsync());

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected abstract Task<string> OpenAsync();

    [Fact]
    public async Task Free_AResultThatNamesAFile_TakesTheFileAndItsBytesADayLater()
    {
        var (playbook, owner, made) = await NormalizeAsync();

        // A run may have made it that is not done yet.
        Assert.Equal((2, 0), await FreeAsync(DateTimeOffset.UtcNow.AddDays(1), days: 0) is var soon ? (soon.Results, soon.Files) : default);
        Assert.NotNull(await FindAsync(made));
        Assert.Equal(1, (await FreeAsync(null, days: 2)).Files);

        Assert.Null(await FindAsync(made));
        Assert.Equal(1, await CountBlobsAsync());
        // Asked for, it is made again, from the upload that stayed.
        var again = UrlOf(await Host.ComputeAsync(playbook));
        Assert.NotEqual(made, again);
        Assert.NotNull(await FindAsync(again));
    }

    [Fact]
    public async Task Free_WhileAResultNamesTheFile_LeavesIt()
    {
        var (_, _, made) = await NormalizeAsync();

        Assert.Equal(0, (await FreeAsync(DateTimeOffset.UtcNow.AddDays(-1), days: 2)).Files);
        Assert.NotNull(await FindAsync(made));
    }

    [Fact]
    public async Task Free_WhileASavedPlaybookHoldsTheResult_LeavesTheFile()
    {
        var (playbook, owner, made) = await NormalizeAsync();
        await Host.Get<SavedPlaybooks>().SaveAsync(owner, playbook, null, Cancellation);

        var freed = await FreeAsync(DateTimeOffset.UtcNow.AddDays(1), days: 2);

        Assert.Equal((2, 0), (freed.Results, freed.Files));
        Assert.NotNull(await FindAsync(made));
    }

    [Fact]
    public async Task Free_WhileAnAnswerNamesTheFile_LeavesIt()
    {
        var (_, _, made) = await NormalizeAsync();
        await Host.ImportAsync(FilesHost.Naming(made), Actor.Anonymous);

        await FreeAsync(DateTimeOffset.UtcNow.AddDays(1), days: 2);

        Assert.NotNull(await FindAsync(made));
    }

    [Fact]
    public async Task Free_SomebodysUpload_NeverHappens()
    {
        var owner = await Host.NewUserAsync();
        var url = await Host.UploadAsync(owner.UserId);

        Assert.Equal(0, (await FreeAsync(DateTimeOffset.UtcNow.AddDays(1), days: 365)).Files);
        Assert.NotNull(await FindAsync(url));
    }

    [Fact]
    public async Task Free_WhatARunLeftBehind_TakesIt()
    {
        var left = await Host.UploadAsync(userId: null);

        Assert.Equal(1, (await FreeAsync(null, days: 2)).Files);
        Assert.Null(await FindAsync(left));
        Assert.Equal(0, await CountBlobsAsync());
    }

    [Fact]
    public async Task Result_ThatNamesSomebodysUpload_GrantsNothing()
    {
        var owner = await Host.NewUserAsync();
        var url = await Host.UploadAsync(owner.UserId);
        var playbook = FilesHost.Naming(url);
        await Host.ImportAsync(playbook, owner);
        var output = await Host.ComputeAsync(playbook);
        Assert.Equal(url, UrlOf(output));

        // Brought as an answer by somebody else, the very value of the result is refused still.
        var stranger = await Host.NewUserAsync();
        await Assert.ThrowsAsync<WorkflowException>(() => Host.ImportAsync(Playbook.Empty.Extend(new Process("FileInput", output)), stranger));
    }

    [Fact]
    public async Task Read_FilesOfSteps_CountWithTheirValues()
    {
        var (playbook, owner, _) = await NormalizeAsync();
        var cached = await Host.Get<CacheReading>().ReadAsync(Cancellation);
        Assert.Equal((0, 1), (cached.Held.Files, cached.Cached.Files));
        Assert.True(cached.Cached.FileBytes > 0);

        await Host.Get<SavedPlaybooks>().SaveAsync(owner, playbook, null, Cancellation);

        var held = await Host.Get<CacheReading>().ReadAsync(Cancellation);
        Assert.Equal((1, cached.Cached.FileBytes, 0), (held.Held.Files, held.Held.FileBytes, held.Cached.Files));
    }

    private async Task<(Playbook Playbook, Actor Owner, string Made)> NormalizeAsync()
    {
        var owner = await Host.NewUserAsync();
        var playbook = FilesHost.Then(FilesHost.Naming(await Host.UploadAsync(owner.UserId), "GeneCountMatrixFileUpload"), "LogNormalizeGeneCountMatrix", "matrix");
        await Host.ImportAsync(playbook, owner);
        var output = await Host.ComputeAsync(playbook);
        Assert.NotEqual(ErrorData.Spec, output.Type);
        return (playbook, owner, UrlOf(output));
    }

    /// <param name="days">How much later it is.</param>
    private Task<FreedCache> FreeAsync(DateTimeOffset? before, int days) =>
        new CacheFreeing(Host.Get<IModelDatabase>(), Host.Get<DeletedUploads>(), Host.Get<EngineSignals>(), new FakeTimeProvider(DateTimeOffset.UtcNow.AddDays(days))).RunAsync(before, null, Cancellation);

    private Task<Upload?> FindAsync(string url) => Host.Get<IUploadStore>().FindAsync(DrsUri.TryParse(url, out var drs) ? drs.Id : "", Cancellation);

    private async Task<int> CountBlobsAsync() => await Host.Get<IStorage>().ListAsync(null, Cancellation).CountAsync(Cancellation);

    private static string UrlOf(Datum output) => System.Text.Json.JsonDocument.Parse(output.Value).RootElement.GetProperty("url").GetString()!;
}
