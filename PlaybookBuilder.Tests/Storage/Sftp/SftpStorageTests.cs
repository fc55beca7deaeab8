using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Sftp;
using PlaybookBuilder.Tests.Support;
using Renci.SshNet;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Sftp;

/// <summary>What is particular to SFTP, looked at in the folder of the server.</summary>
public sealed class SftpStorageTests(SshServer server) : IAsyncLifetime
{
    private const int Large = 500_000;

    private readonly List<IDisposable> _opened = [];
    private SftpSettings _settings = null!;
    private SftpStorage _storage = null!;

    public async ValueTask InitializeAsync()
    {
        await server.NeedAsync();
        _settings = SftpStores.Settings(server);
        _storage = Open(_settings);
    }

    public ValueTask DisposeAsync()
    {
        foreach (var opened in _opened) opened.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(10)]
    [InlineData(Large)]
    public async Task Write_Committed_IsOneFileUnderItsPath(int size)
    {
        await _storage.WriteAsync("folder/blob", Bytes(size));

        Assert.Equal(["folder/blob"], Files());
        Assert.Equal(Bytes(size), await File.ReadAllBytesAsync(Path.Combine(_settings.Root, "folder/blob")));
    }

    [Fact]
    public async Task Write_DisposedWithoutCommit_LeavesNoFile()
    {
        await using (var pending = await _storage.BeginWriteAsync(WriteTarget.At(At("folder/blob")), CancellationToken.None))
            await pending.WriteAsync(Bytes(Large), CancellationToken.None);

        Assert.Empty(Files());
    }

    [Fact]
    public async Task RemoveAbandonedWrites_OfAKilledWriter_RemovesItsFile()
    {
        await _storage.WriteAsync("blob", Bytes(10));
        var killed = await _storage.BeginWriteAsync(WriteTarget.At(At("other")), CancellationToken.None);
        await killed.WriteAsync(Bytes(Large), CancellationToken.None);
        while (Files().Length < 2)
            await Task.Yield();

        Assert.Equal(["blob"], await _storage.ListAsync());
        Assert.Equal(0, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(-1), CancellationToken.None));
        Assert.Equal(1, await _storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), CancellationToken.None));
    }

    [Fact]
    public async Task Delete_LastOfAFolder_RemovesTheFoldersUpToTheRoot()
    {
        await _storage.WriteAsync("a/b/c/blob", Bytes(10));
        await _storage.WriteAsync("a/other", Bytes(10));
        await _storage.DeleteAsync(At("a/b/c/blob"), CancellationToken.None);

        Assert.False(Directory.Exists(Path.Combine(_settings.Root, "a/b")));
        Assert.True(Directory.Exists(Path.Combine(_settings.Root, "a")));
    }

    /// <summary>Of the same size and in the same second: size and time don't tell them apart.</summary>
    [Fact]
    public async Task Read_ReplacedBeforeTheConnectionBroke_FailsInsteadOfJoiningTwoFiles()
    {
        await using var relay = new FaultyRelay(server.Port);
        await _storage.WriteAsync("blob", Bytes(Large));
        await using var open = await Open(_settings with { Port = relay.Port }).OpenReadAsync(At("blob"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);
        await _storage.WriteAsync("blob", Bytes(Large, seed: 2));
        relay.Plan(static () => null);

        await AssertFailsAsync(StorageErrorKind.Failed, () => ReadAllAsync(open));
    }

    [Fact]
    public async Task Read_SeekAfterReplacement_KeepsTheFileThatWasOpened()
    {
        await _storage.WriteAsync("blob", Bytes(Large));
        await using var open = await _storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);
        await _storage.WriteAsync("blob", Bytes(Large, seed: 2));
        open.Position = 1_000;

        Assert.Equal(Bytes(Large)[1_000..], await ReadAllAsync(open));
    }

    /// <summary>Of a file that something else put there, time and size say which one it is once nobody can have replaced it within its second.</summary>
    [Theory]
    [InlineData(60, true)]
    [InlineData(0, false)]
    public async Task Read_OfAForeignFileOverABrokenConnection_GoesOnIfItIsSurelyTheSame(int minutes, bool goesOn)
    {
        await using var relay = new FaultyRelay(server.Port);
        Directory.CreateDirectory(_settings.Root);
        var file = Path.Combine(_settings.Root, "foreign");
        await File.WriteAllBytesAsync(file, Bytes(Large));
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(-minutes));
        await using var open = await Open(_settings with { Port = relay.Port }).OpenReadAsync(At("foreign"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);
        relay.Plan(static () => null);

        if (goesOn) Assert.Equal(Bytes(Large)[10..], await ReadAllAsync(open));
        else await AssertFailsAsync(StorageErrorKind.Failed, () => ReadAllAsync(open));
    }

    /// <summary>The client asks the server where a link leads before it does anything with it.</summary>
    [Fact]
    public async Task Link_ToAFile_IsFollowedAndNotListed()
    {
        await _storage.WriteAsync("blob", Bytes(10));
        File.CreateSymbolicLink(Path.Combine(_settings.Root, "link"), "blob");

        Assert.Equal(Bytes(10), await _storage.ReadAsync("link"));
        Assert.Equal(["blob"], await _storage.ListAsync());
        await _storage.DeleteAsync(At("link"), CancellationToken.None);
        Assert.Null(await _storage.StatAsync("blob"));
    }

    [Fact]
    public async Task EveryCall_WithAnotherHostKey_IsDeniedAndSaysWhichItSaw()
    {
        var storage = Open(_settings with { HostKey = new string('A', 43) });
        var error = await Assert.ThrowsAsync<StorageException>(() => storage.StatAsync("blob"));

        Assert.Equal(StorageErrorKind.AccessDenied, error.Kind);
        Assert.Contains($"SHA256:{server.HostKey}", error.Message, StringComparison.Ordinal);
        await AssertFailsAsync(StorageErrorKind.AccessDenied, () => storage.WriteAsync("blob", Bytes(10)));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task HostKey_Unset_IsBelievedWithAWarningThatTellsIt()
    {
        using var log = new LoggedLines();
        await Open(_settings with { HostKey = null, Logger = log }).WriteAsync("blob", Bytes(10));

        Assert.Contains(log.Lines, line => line.Contains($"SHA256:{server.HostKey}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EveryCall_WithAKeyOrPasswordThatTheServerDoesNotKnow_IsDenied()
    {
        using var folder = new TemporaryFolder();
        await SshServer.RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", Path.Combine(folder.Path, "other"));

        await AssertFailsAsync(StorageErrorKind.AccessDenied, () => Open(_settings with { Key = new PrivateKeyFile(Path.Combine(folder.Path, "other")) }).StatAsync("blob"));
        await AssertFailsAsync(StorageErrorKind.AccessDenied, () => Open(_settings with { Key = null, Password = "word" }).StatAsync("blob"));
    }

    private SftpStorage Open(SftpSettings settings)
    {
        var storage = new SftpStorage(settings);
        _opened.Add(storage);
        return storage;
    }

    private string[] Files() => Directory.Exists(_settings.Root)
        ? [.. Directory.EnumerateFiles(_settings.Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_settings.Root, file)).Order(StringComparer.Ordinal)]
        : [];
}
