using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Remote;

/// <summary>As <see cref="RemoteStorageFaults"/>, for storages that can only be read. Their blobs are put behind them.</summary>
public abstract class RemoteReadingFaults : IAsyncLifetime
{
    private protected static readonly CallRetries Retries = new(5, TimeSpan.Zero, TimeSpan.FromSeconds(20));

    private protected static readonly CallRetries ImpatientRetries = new(5, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));

    private const int Size = 300_000;

    private FaultyRelay? _relay;

    private protected FaultyRelay Relay => _relay!;

    public async ValueTask InitializeAsync() => _relay = new FaultyRelay(await StartServerAsync());

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_relay is not null) await _relay.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(RemoteStorageFaults.Phases), MemberType = typeof(RemoteStorageFaults))]
    public async Task Read_ConnectionBreaks_IsWholeAllTheSame(FaultKind kind, bool inAnswer, int after)
    {
        await PutAsync("folder/blob", Bytes(Size));
        var storage = Create(Relay.Port, Retries);
        Relay.Strike(new Fault(kind, inAnswer, after));

        Assert.Equal(Bytes(Size), await storage.ReadAsync("folder/blob"));
        Assert.Equal(Bytes(Size)[1_000..], await storage.ReadAsync("folder/blob", new ByteRange(1_000)));
    }

    [Theory]
    [InlineData(FaultKind.Cut, false)]
    [InlineData(FaultKind.Cut, true)]
    [InlineData(FaultKind.Reset, false)]
    [InlineData(FaultKind.Reset, true)]
    [InlineData(FaultKind.Slow, true)]
    [InlineData(FaultKind.Busy, false)]
    public async Task Stat_ConnectionBreaks_IsAnsweredAllTheSame(FaultKind kind, bool inAnswer)
    {
        await PutAsync("folder/blob", Bytes(Size));
        var storage = Create(Relay.Port, Retries);
        Relay.Strike(new Fault(kind, inAnswer, 0));

        Assert.Equal(Size, (await storage.StatAsync("folder/blob"))?.Size);
        Assert.NotEqual(0, Relay.Struck);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_ServerFallsSilent_IsOpenedAgain(bool inAnswer)
    {
        await PutAsync("blob", Bytes(Size));
        var storage = Create(Relay.Port, ImpatientRetries);
        Relay.Strike(new Fault(FaultKind.Stall, inAnswer, inAnswer ? 50_000 : 0));

        Assert.Equal(Bytes(Size), await storage.ReadAsync("blob"));
        Assert.Equal(1, Relay.Struck);
    }

    [Fact]
    public async Task EveryCall_ServerGone_IsUnavailable()
    {
        await PutAsync("blob", Bytes(10));
        var storage = Create(Relay.Port, Retries);
        Relay.Plan(static () => new Fault(FaultKind.Reset, InAnswer: false, After: 0));

        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.StatAsync("blob"));
        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.ReadAsync("blob"));
        Relay.Plan(static () => null);
        Assert.Equal(Bytes(10), await storage.ReadAsync("blob"));
    }

    [Fact]
    public async Task Read_ReplacedBeforeTheConnectionBroke_FailsInsteadOfJoiningTwoFiles()
    {
        await PutAsync("blob", Bytes(Size));
        var storage = Create(Relay.Port, Retries);
        await using var open = await storage.OpenReadAsync(At("blob"), null, CancellationToken.None);
        await open.ReadExactlyAsync(new byte[10]);
        await PutAsync("blob", Bytes(Size + 1, seed: 2));
        Relay.Plan(static () => null);
        open.Position = Size - 1_000;

        await AssertFailsAsync(StorageErrorKind.Failed, () => ReadAllAsync(open));
    }

    /// <returns>The port of a server.</returns>
    protected abstract Task<int> StartServerAsync();

    /// <summary>The storage on the server, reached through a port.</summary>
    private protected abstract IStorage Create(int port, CallRetries retries);

    /// <summary>Puts a blob where the storage finds it.</summary>
    protected abstract Task PutAsync(string path, byte[] content);
}
