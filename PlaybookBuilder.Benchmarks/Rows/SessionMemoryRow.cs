using System.Net.Sockets;
using System.Text;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>What the public side keeps in memory for readers who stopped reading.</summary>
internal sealed class SessionMemoryRow : IRow
{
    private const int Count = 50;
    private const long Size = 1L << 30;
    private const double BytesAMegabyte = 1e6;
    private const string What = "memory of the public side with 50 sessions, each with a stalled download of 1 GiB";

    // Whatever still flows has come to rest when the memory has not grown for so many looks.
    private const int QuietLooks = 8;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    public string Name => "session-memory";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        await using var database = await SharedDatabase.StartAsync(bench);
        if (database is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

        var replica = await database.AddReplicaAsync(("SESSION_LAUNCHER", "local"));
        using var client = new LoadClient(replica.Address);
        await client.GetAsync(PlaybookApi.ExtendPage);
        var idle = replica.ResidentBytes;
        await using var connections = database.Connect();
        await using var workers = new StallingWorkers();
        for (var number = 0; number < Count; number++) await workers.AddAsync(connections, replica.Address, Size);
        var readers = new List<Socket>();
        try
        {
            foreach (var session in workers.Sessions) readers.Add(await StallAsync(replica.Address, $"/socket/{session}/large"));
            var most = await RestAsync(replica);
            return
            [
                new()
                {
                    What = What,
                    Claims = [Claim.AtMost(Quantity.Megabytes(400), most / BytesAMegabyte)],
                    Yardstick = new(Quantity.Megabytes(idle / BytesAMegabyte), most / BytesAMegabyte, "the same program before, when nobody asks for anything."),
                    Reference = "-",
                    Note = "Resident memory, all of it, at its highest. The workers are in another process; each reader takes the first bytes and no more.",
                },
            ];
        }
        finally
        {
            foreach (var reader in readers) reader.Dispose();
        }
    }

    private static async Task<Socket> StallAsync(Uri address, string path)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n\r\n"));
        var beginning = new byte[64];
        var read = await socket.ReceiveAsync(beginning);
        if (!Encoding.ASCII.GetString(beginning, 0, read).Contains(" 200 ", StringComparison.Ordinal)) throw new IOException(Encoding.ASCII.GetString(beginning, 0, read));
        return socket;
    }

    private static async Task<long> RestAsync(ServedProgram replica)
    {
        var (most, quiet) = (0L, 0);
        while (quiet < QuietLooks)
        {
            var now = replica.ResidentBytes;
            quiet = now > most ? 0 : quiet + 1;
            most = Math.Max(most, now);
            await Task.Delay(BetweenLooks);
        }

        return most;
    }
}
