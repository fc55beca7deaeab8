using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Remote;

/// <summary>What a storage behind a network does when the network fails: one fault changes nothing but the time it takes; when nothing goes any more, it says so and leaves nothing half done.</summary>
public abstract class RemoteStorageFaults : IAsyncLifetime
{
    /// <summary>Long enough for a sound call on a busy machine, short enough to wait for once in a while.</summary>
    private protected static readonly CallRetries Retries = new(5, TimeSpan.Zero, TimeSpan.FromSeconds(20));

    private protected static readonly CallRetries ImpatientRetries = new(5, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));

    private const int Size = 300_000;

    private FaultyRelay? _relay;

    /// <summary>Where a connection can break: before, within and behind the head of a request and of an answer, and in the bytes themselves.</summary>
    public static TheoryData<FaultKind, bool, int> Phases => new(
        from kind in new[] { FaultKind.Cut, FaultKind.Reset }
        from isAnswer in new[] { false, true }
        from after in new[] { 0, 100, 2_000, 50_000 }
        select (kind, isAnswer, after));

    private protected FaultyRelay Relay => _relay!;

    public async ValueTask InitializeAsync() => _relay = new FaultyRelay(await StartServerAsync());

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_relay is not null) await _relay.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Write_ConnectionBreaks_IsWholeAllTheSame(FaultKind kind, bool inAnswer, int after)
    {
        var storage = Create(Relay.Port, Retries);
        Relay.Strike(new Fault(kind, inAnswer, after));
        await storage.WriteAsync("folder/blob", Bytes(Size));

        Assert.Equal(["folder/blob"], await storage.ListAsync());
        Assert.Equal(Bytes(Size), await storage.ReadAsync("folder/blob"));
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Read_ConnectionBreaks_IsWholeAllTheSame(FaultKind kind, bool inAnswer, int after)
    {
        var storage = Create(Relay.Port, Retries);
        await storage.WriteAsync("folder/blob", Bytes(Size));
        Relay.Strike(new Fault(kind, inAnswer, after));

        Assert.Equal(Bytes(Size), await storage.ReadAsync("folder/blob"));
        Assert.True(Relay.Struck == 1 || !inAnswer);
    }

    [Theory]
    [InlineData(FaultKind.Cut, false)]
    [InlineData(FaultKind.Cut, true)]
    [InlineData(FaultKind.Reset, false)]
    [InlineData(FaultKind.Reset, true)]
    [InlineData(FaultKind.Slow, false)]
    [InlineData(FaultKind.Slow, true)]
    public async Task EveryCall_ConnectionBreaks_IsDoneAllTheSame(FaultKind kind, bool inAnswer)
    {
        var storage = Create(Relay.Port, Retries);
        await storage.WriteAsync("folder/blob", Bytes(Size));
        await storage.WriteAsync("folder/other", Bytes(10));
        var fault = new Fault(kind, inAnswer, 0);

        Relay.Strike(fault);
        Assert.Equal(Size, (await storage.StatAsync("folder/blob"))?.Size);
        Relay.Strike(fault);
        Assert.Equal(["folder/blob", "folder/other"], await storage.ListAsync("folder"));
        Relay.Strike(fault);
        await storage.DeleteAsync(At("folder/other"), CancellationToken.None);
        Relay.Strike(fault);
        await storage.CopyAsync(At("folder/blob"), At("copy"), CancellationToken.None);
        Relay.Strike(fault);
        await storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(-1), CancellationToken.None);

        Assert.Equal(["copy", "folder/blob"], await storage.ListAsync());
        Assert.Equal(Bytes(Size), await storage.ReadAsync("copy"));
    }

    [Fact]
    public async Task Write_NameKnownLastAndEveryThirdConnectionBreaks_IsWholeAllTheSame()
    {
        var storage = Create(Relay.Port, Retries);
        var connections = 0;
        Relay.Plan(() => Interlocked.Increment(ref connections) % 3 == 1 ? new Fault(FaultKind.Reset, connections % 2 == 0, 20_000) : null);
        await using (var pending = await storage.BeginWriteAsync(WriteTarget.Within(null), CancellationToken.None))
        {
            await pending.WriteAsync(Bytes(Size), CancellationToken.None);
            await pending.CommitAsync(At("late"), CancellationToken.None);
        }

        Assert.Equal(["late"], await storage.ListAsync());
        Assert.Equal(Bytes(Size), await storage.ReadAsync("late"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_ServerFallsSilent_IsOpenedAgain(bool inAnswer)
    {
        var storage = Create(Relay.Port, ImpatientRetries);
        await storage.WriteAsync("blob", Bytes(Size));
        Relay.Strike(new Fault(FaultKind.Stall, inAnswer, inAnswer ? 50_000 : 0));

        Assert.Equal(Bytes(Size), await storage.ReadAsync("blob"));
        Assert.Equal(1, Relay.Struck);
    }

    [Fact]
    public async Task Write_ServerGoneInTheMiddle_IsUnavailableAndLeavesNothing()
    {
        var storage = Create(Relay.Port, Retries);
        await storage.WriteAsync("old", Bytes(10));
        foreach (var path in new[] { "old", "new" })
        {
            var error = await Assert.ThrowsAsync<StorageException>(() => WriteWhileItBreaksAsync(storage, path));
            Assert.True(error.IsRetryable, error.Message);
            Relay.Plan(static () => null);
        }

        Assert.Equal(["old"], await storage.ListAsync());
        Assert.Equal(Bytes(10), await storage.ReadAsync("old"));
        await storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), CancellationToken.None);
        Assert.Equal(0, await storage.RemoveAbandonedWritesAsync(DateTimeOffset.UtcNow.AddHours(1), CancellationToken.None));
    }

    [Fact]
    public async Task EveryCall_ServerGone_IsUnavailable()
    {
        var storage = Create(Relay.Port, Retries);
        await storage.WriteAsync("blob", Bytes(10));
        Relay.Plan(static () => new Fault(FaultKind.Reset, InAnswer: false, After: 0));

        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.StatAsync("blob"));
        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.ReadAsync("blob"));
        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.WriteAsync("blob", Bytes(20)));
        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.ListAsync());
        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.DeleteAsync(At("blob"), CancellationToken.None));
        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.CopyAsync(At("blob"), At("copy"), CancellationToken.None));
        await AssertFailsAsync(StorageErrorKind.Unavailable, () => storage.MoveAsync(At("blob"), At("moved"), CancellationToken.None));
        Relay.Plan(static () => null);
        Assert.Equal(Bytes(10), await storage.ReadAsync("blob"));
    }

    /// <returns>The port of a real server.</returns>
    protected abstract Task<int> StartServerAsync();

    /// <summary>An empty storage on the server, reached through a port.</summary>
    private protected abstract IStorage Create(int port, CallRetries retries);

    private async Task WriteWhileItBreaksAsync(IStorage storage, string path)
    {
        await using var pending = await storage.BeginWriteAsync(WriteTarget.At(At(path)), CancellationToken.None);
        await pending.WriteAsync(Bytes(Size / 2), CancellationToken.None);
        Relay.Plan(static () => new Fault(FaultKind.Reset, InAnswer: false, After: 0));
        await pending.WriteAsync(Bytes(Size / 2), CancellationToken.None);
        await pending.CommitAsync(At(path), CancellationToken.None);
    }
}
