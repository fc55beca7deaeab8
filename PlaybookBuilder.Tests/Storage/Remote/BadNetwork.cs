using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Remote;

/// <summary>A way to a server on which every second connection breaks, each in another place, and no other lasts for long.</summary>
internal sealed class BadNetwork : IAsyncDisposable
{
    // Before the first byte, within heads, between head and bytes, within bytes.
    private static readonly int[] Places = [0, 300, 1_200, 20_000, 90_000];

    private readonly FaultyRelay _relay;
    private int _connections;

    public BadNetwork(int target)
    {
        _relay = new FaultyRelay(target);
        _relay.Plan(Next);
    }

    public int Port => _relay.Port;

    public ValueTask DisposeAsync() => _relay.DisposeAsync();

    private Fault Next()
    {
        var number = Interlocked.Increment(ref _connections);
        var place = number % 2 == 0 ? Places[number / 2 % Places.Length] : 400_000;
        return new Fault(number % 3 == 0 ? FaultKind.Cut : FaultKind.Reset, InAnswer: number % 4 < 2, place);
    }
}
