using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Tests.Storage;
using PlaybookBuilder.Tests.Storage.Faults;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files;

/// <summary>What becomes of deleted uploads, of their bytes and of what needs them, on every database.</summary>
public abstract class DeletionConformance : IAsyncLifetime
{
    private const string Upload = "GeneCountMatrixFileUpload";

    private readonly MemoryStorage _storage = new(TimeProvider.System);
    private FilesHost? _host;

    private protected FilesHost Host => _host!;

    private protected OwnUploads Uploads => Host.Get<OwnUploads>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // What a test does at a place in the storage; null for what the storage does.
    private Func<StoragePath, Task<BlobInfo?>?>? OnStat { get; set; }

    private Func<StoragePath, Task?>? OnDelete { get; set; }

    private Func<StoragePath, Task<Stream>?>? OnOpenRead { get; set; }

    public async ValueTask InitializeAsync()
    {
        var watched = new FaultyStorage(_storage)
        {
            OnStat = path => OnStat?.Invoke(path)!,
            OnDelete = path => OnDelete?.Invoke(path)!,
            OnOpenRead = (path, _) => OnOpenRead?.Invoke(path)!,
        };
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
    public async Task Delete_AnUploadThatStepsNeed_TakesItsBytesAndTheySaySo()
    {
        var owner = await Host.NewUserAsync();
        var url = await Host.UploadAsync(owner.UserId);
        var playbook = FilesHost.Naming(url, Upload);
        await Host.ImportAsync(playbook, owner);

        await Uploads.DeleteAsync(owner, IdOf(url), Cancellation);

        Assert.Empty(await _storage.ListAsync());
        Assert.Null(await Host.Get<IUploadStore>().FindAsync(IdOf(url), Cancellation));
        var output = await Host.ComputeAsync(playbook);
        Assert.Equal(ErrorData.Spec, output.Type);
        Assert.Contains("counts.csv was deleted. Upload the file again", ErrorData.MessageOf(output).Split('\n')[0], StringComparison.Ordinal);
        Assert.DoesNotContain("drs:", ErrorData.MessageOf(output).Split('\n')[0], StringComparison.Ordinal);
        // The playbook is as it was, for its owner and for others.
        await Host.ImportAsync(playbook, Actor.Anonymous);
    }

    [Fact]
    public async Task Delete_AnUploadWithResults_LeavesThem()
    {
        var owner = await Host.NewUserAsync();
        var url = await Host.UploadAsync(owner.UserId);
        var playbook = FilesHost.Naming(url, Upload);
        await Host.ImportAsync(playbook, owner);
        await Host.ComputeAsync(playbook);

        await Uploads.DeleteAsync(owner, IdOf(url), Cancellation);

        Assert.Equal("GeneCountMatrix", (await Host.ComputeAsync(playbook)).Type);
    }

    [Fact]
    public async Task Delete_OneOfTwoOfTheSameContent_LeavesTheBytesToTheOther()
    {
        var (owner, other) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        var (first, second) = (await Host.UploadAsync(owner.UserId), await Host.UploadAsync(other.UserId));

        await Uploads.DeleteAsync(owner, IdOf(first), Cancellation);
        Assert.Single(await _storage.ListAsync());
        await Uploads.DeleteAsync(other, IdOf(second), Cancellation);

        Assert.Empty(await _storage.ListAsync());
        Assert.Empty(await Host.Get<IUploadStore>().ListDeletedAsync("", 10, Cancellation));
    }

    [Fact]
    public async Task Delete_WhatIsNotOnesOwn_IsRefused()
    {
        var owner = await Host.NewUserAsync();
        var (upload, made) = (IdOf(await Host.UploadAsync(owner.UserId)), IdOf(await Host.UploadAsync(userId: null)));

        foreach (var actor in new[] { await Host.NewUserAsync(), await Host.NewUserAsync(isAdmin: true) })
        {
            foreach (var id in new[] { upload, made, "unknown" })
            {
                await RefusedAsync(AccessProblem.NotFound, () => Uploads.DeleteAsync(actor, id, Cancellation));
                await RefusedAsync(AccessProblem.NotFound, () => Uploads.FindUseAsync(actor, id, Cancellation));
            }
        }

        await RefusedAsync(AccessProblem.NotSignedIn, () => Uploads.DeleteAsync(Actor.Anonymous, upload, Cancellation));
        await RefusedAsync(AccessProblem.NotSignedIn, () => Uploads.DeleteAsync(Actor.Anonymous, made, Cancellation));
        await RefusedAsync(AccessProblem.Forbidden, () => Uploads.DeleteAsync(owner with { Scopes = AccessScopes.Read | AccessScopes.Run }, upload, Cancellation));
        Assert.NotNull(await Host.Get<IUploadStore>().FindAsync(upload, Cancellation));
        Assert.NotNull(await Host.Get<IUploadStore>().FindAsync(made, Cancellation));
    }

    [Fact]
    public async Task FindUse_OfAnUpload_CountsAnswersAndSavedPlaybooks()
    {
        var (owner, other) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        var url = await Host.UploadAsync(owner.UserId);
        var (first, second) = (FilesHost.Naming(url), FilesHost.Naming(url, Upload));
        foreach (var playbook in new[] { first, second }) await Host.ImportAsync(playbook, owner);
        var saved = Host.Get<SavedPlaybooks>();
        await saved.SaveAsync(owner, first, null, Cancellation);
        var published = await saved.SaveAsync(other, first, null, Cancellation);
        await Host.Get<PlaybookPublishing>().PublishAsync(other, published.Id, new Publication("Mine", "", "Ada", "MIT"), Cancellation);
        var gone = await saved.SaveAsync(owner, second, null, Cancellation);
        await saved.DeleteAsync(owner, gone.Id, Cancellation);

        var use = await Uploads.FindUseAsync(owner, IdOf(url), Cancellation);

        Assert.Equal((2, 2, 1), (use.Answers, use.SavedPlaybooks, use.PublishedPlaybooks));
        Assert.Equal("counts.csv", use.Upload.Filename);
        Assert.Equal(0, (await Uploads.FindUseAsync(owner, IdOf(await Host.UploadAsync(owner.UserId)), Cancellation)).Answers);
    }

    [Fact]
    public async Task List_OfUploads_IsInPartsNewestFirst()
    {
        var owner = await Host.NewUserAsync();
        var expected = new List<string>();
        for (var i = 0; i < 5; i++) expected.Insert(0, IdOf(await Host.UploadAsync(owner.UserId, $"{i}")));
        await Host.UploadAsync((await Host.NewUserAsync()).UserId);

        var (listed, next) = (new List<Upload>(), (string?)null);
        do
        {
            var part = await Uploads.ListAsync(owner, new PageRequest(next, 2), Cancellation);
            Assert.InRange(part.Items.Count, 1, 2);
            listed.AddRange(part.Items);
            next = part.Next;
        }
        while (next is not null);

        Assert.Equal(expected.Order(), listed.Select(upload => upload.Id).Order());
        Assert.Equal(listed.OrderByDescending(upload => upload.Created).Select(upload => upload.Created), listed.Select(upload => upload.Created));
    }

    [Fact]
    public async Task Delete_WhileTheStorageIsAway_RevokesAndFreesLater()
    {
        var owner = await Host.NewUserAsync();
        var url = await Host.UploadAsync(owner.UserId);
        OnDelete = static _ => throw new StorageException(StorageErrorKind.Unavailable, "away");

        await Uploads.DeleteAsync(owner, IdOf(url), Cancellation);

        Assert.Null(await Host.Get<IUploadStore>().FindAsync(IdOf(url), Cancellation));
        Assert.Single(await _storage.ListAsync());
        OnDelete = null;
        Assert.Equal(1, await Host.Get<DeletedUploads>().FreeAsync(Cancellation));
        Assert.Empty(await _storage.ListAsync());
        Assert.Equal(0, await Host.Get<DeletedUploads>().FreeAsync(Cancellation));
    }

    [Fact]
    public async Task DeleteAccount_WithUploads_FreesTheirBytes()
    {
        var (owner, other) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        for (var i = 0; i < 3; i++) await Host.UploadAsync(owner.UserId, $"{i}");
        var kept = await Host.UploadAsync(other.UserId, "2");

        await Host.Get<AccountDeletion>().DeleteAsync(owner, PublishedChoice.Keep, new Visit("127.0.0.1", "Tests"), Cancellation);

        Assert.Equal(2, await Host.Get<DeletedUploads>().FreeAsync(Cancellation));
        Assert.Single(await _storage.ListAsync());
        Assert.Equal(IdOf(kept), Assert.Single((await Uploads.ListAsync(other, new PageRequest(), Cancellation)).Items).Id);
    }

    [Fact]
    public async Task Upload_WhoseContentIsDeletedAfterItWasFound_IsStoredAgain()
    {
        var (owner, other) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        var first = await Host.UploadAsync(owner.UserId);
        OnStat = path =>
        {
            OnStat = null;
            return FindAndDeleteAsync(path);
        };

        var second = await Host.UploadAsync(other.UserId);

        await IsReadableAsync(second, other);

        async Task<BlobInfo?> FindAndDeleteAsync(StoragePath path)
        {
            var found = await _storage.StatAsync(path, Cancellation);
            await Uploads.DeleteAsync(owner, IdOf(first), Cancellation);
            Assert.Empty(await _storage.ListAsync());
            return found;
        }
    }

    [Fact]
    public async Task Upload_WhileItsContentIsBeingRemoved_WaitsAndIsStoredAgain()
    {
        var (owner, other) = (await Host.NewUserAsync(), await Host.NewUserAsync());
        var first = await Host.UploadAsync(owner.UserId);
        var (begun, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        OnDelete = path =>
        {
            OnDelete = null;
            return RemoveLaterAsync(path);
        };
        var deletion = Task.Run(() => Uploads.DeleteAsync(owner, IdOf(first), Cancellation), Cancellation);
        await begun.Task.WaitAsync(EngineHost.Patience, Cancellation);
        var found = new TaskCompletionSource();
        OnStat = path =>
        {
            found.TrySetResult();
            return null;
        };

        var upload = Task.Run(() => Host.UploadAsync(other.UserId), Cancellation);
        await found.Task.WaitAsync(EngineHost.Patience, Cancellation);
        Assert.False(upload.IsCompleted);
        gate.SetResult();

        await deletion.WaitAsync(EngineHost.Patience, Cancellation);
        await IsReadableAsync(await upload.WaitAsync(EngineHost.Patience, Cancellation), other);

        async Task RemoveLaterAsync(StoragePath path)
        {
            begun.SetResult();
            await gate.Task;
            await _storage.DeleteAsync(path, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Upload_WhoseNewContentIsRemovedBeforeItsRecord_IsToBeSentAgain()
    {
        var owner = await Host.NewUserAsync();
        var asked = 0;
        OnStat = path => ++asked == 2 ? RemoveAsync(path) : null;

        var failure = await Assert.ThrowsAsync<StorageException>(() => Host.UploadAsync(owner.UserId));

        Assert.True(failure.IsRetryable);
        Assert.Empty((await Uploads.ListAsync(owner, new PageRequest(), Cancellation)).Items);
        await IsReadableAsync(await Host.UploadAsync(owner.UserId), owner);

        async Task<BlobInfo?> RemoveAsync(StoragePath path)
        {
            await _storage.DeleteAsync(path, Cancellation);
            return null;
        }
    }

    [Fact]
    public async Task UploadsAndDeletions_OfTheSameContentAtOnce_LeaveWhatStaysReadable()
    {
        var owner = await Host.NewUserAsync();
        var present = await Host.UploadAsync(owner.UserId);
        for (var round = 0; round < 40; round++)
        {
            var (old, uploads) = (present, Enumerable.Range(0, 2).Select(_ => Task.Run(() => UploadPatientlyAsync(owner), Cancellation)).ToArray());
            await Task.WhenAll([.. uploads, Task.Run(() => Uploads.DeleteAsync(owner, IdOf(old), Cancellation), Cancellation), Task.Run(() => Host.Get<DeletedUploads>().FreeAsync(Cancellation), Cancellation)]).WaitAsync(EngineHost.Patience, Cancellation);
            present = await uploads[0];
            await Uploads.DeleteAsync(owner, IdOf(await uploads[1]), Cancellation);
            Assert.Single(await _storage.ListAsync());
        }

        await IsReadableAsync(present, owner);
        await Uploads.DeleteAsync(owner, IdOf(present), Cancellation);
        Assert.Empty(await _storage.ListAsync());
    }

    /// <summary>Uploads as whoever is told to send it again, because the same content was deleted while it came in.</summary>
    private async Task<string> UploadPatientlyAsync(Actor owner)
    {
        for (var times = 0; ; times++)
        {
            try
            {
                return await Host.UploadAsync(owner.UserId);
            }
            catch (StorageException exception) when (exception.IsRetryable && times < 5)
            {
            }
        }
    }

    [Fact]
    public async Task Delete_WhileAStepReads_LetsItReadToTheEnd()
    {
        var owner = await Host.NewUserAsync();
        var url = await Host.UploadAsync(owner.UserId);
        var playbook = FilesHost.Naming(url, Upload);
        await Host.ImportAsync(playbook, owner);
        var (opened, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        OnOpenRead = path =>
        {
            OnOpenRead = null;
            return OpenAndWaitAsync(path);
        };
        var result = Host.ComputeAsync(playbook);
        await opened.Task.WaitAsync(EngineHost.Patience, Cancellation);

        await Uploads.DeleteAsync(owner, IdOf(url), Cancellation);
        Assert.Empty(await _storage.ListAsync());
        gate.SetResult();

        Assert.Equal("GeneCountMatrix", (await result).Type);

        async Task<Stream> OpenAndWaitAsync(StoragePath path)
        {
            var stream = await _storage.OpenReadAsync(path, null, Cancellation);
            opened.SetResult();
            await gate.Task;
            return stream;
        }
    }

    [Fact]
    public async Task Delete_BetweenTheRightAndTheBytes_IsToldByTheStep()
    {
        var owner = await Host.NewUserAsync();
        var url = await Host.UploadAsync(owner.UserId);
        var playbook = FilesHost.Naming(url, Upload);
        await Host.ImportAsync(playbook, owner);
        OnOpenRead = path =>
        {
            OnOpenRead = null;
            return DeleteAndOpenAsync(path);
        };

        var output = await Host.ComputeAsync(playbook);

        Assert.Contains("was deleted", ErrorData.MessageOf(output), StringComparison.Ordinal);

        async Task<Stream> DeleteAndOpenAsync(StoragePath path)
        {
            await Uploads.DeleteAsync(owner, IdOf(url), Cancellation);
            return await _storage.OpenReadAsync(path, null, Cancellation);
        }
    }

    private protected static string IdOf(string url) => DrsUri.Parse(url).Id;

    private static async Task RefusedAsync(AccessProblem problem, Func<Task> run) => Assert.Equal(problem, (await Assert.ThrowsAsync<AccessException>(run)).Problem);

    private async Task IsReadableAsync(string url, Actor owner)
    {
        var upload = (await Host.Get<IUploadStore>().FindAsync(IdOf(url), Cancellation))!;
        Assert.True(upload.IsReadableBy(owner));
        await using var stream = await Host.Get<UploadContents>().OpenAsync(upload, Cancellation);
        using var reader = new StreamReader(stream);
        Assert.Equal(FilesHost.Counts, await reader.ReadToEndAsync(Cancellation));
    }
}
