using System.Net.Sockets;

namespace PlaybookBuilder.Benchmarks.Probe;

/// <summary>Lives in the measured program: whoever connects to its socket gets the size of the managed heap after a full collection.</summary>
internal static class HeapServer
{
    public const string SocketVariable = "BENCHMARK_HEAP_SOCKET";

    public static void Start()
    {
        if (Environment.GetEnvironmentVariable(SocketVariable) is not { } path) return;

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen();
        new Thread(() => Serve(socket)) { IsBackground = true, Name = "Heap probe" }.Start();
    }

    private static void Serve(Socket socket)
    {
        while (true)
        {
            using var client = socket.Accept();
            client.Send(BitConverter.GetBytes(LiveBytes()));
        }
    }

    /// <summary>Twice, because what has a finalizer goes in the second collection.</summary>
    private static long LiveBytes()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: false);
    }
}
