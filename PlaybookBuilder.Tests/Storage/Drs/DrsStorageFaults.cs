using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Drs;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Tests.Storage.Remote;

namespace PlaybookBuilder.Tests.Storage.Drs;

public sealed class DrsStorageFaults : RemoteReadingFaults
{
    private DrsServer? _server;

    protected override async Task<int> StartServerAsync()
    {
        _server = await DrsServer.StartAsync();
        return _server.Port;
    }

    private protected override IStorage Create(int port, CallRetries retries) => new DrsStorage(DrsStores.Settings(port) with { Retries = retries });

    protected override Task PutAsync(string path, byte[] content)
    {
        _server!.Put(path, content);
        return Task.CompletedTask;
    }
}
