using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Drs;

namespace PlaybookBuilder.Tests.Storage.Drs;

public sealed class DrsStorageRefusals : RefusalConformance, IAsyncLifetime
{
    private DrsServer? _server;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    private protected override async Task<IStorage> CreateRefusingAsync()
    {
        _server = await DrsServer.StartAsync();
        _server.Put("folder/blob", StorageReading.Bytes(10));
        return new DrsStorage(DrsStores.Settings(_server.Port) with { Headers = [] });
    }
}
