using PlaybookBuilder.Core.Storage.Http;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Storage.Http;

internal static class HttpStores
{
    public static HttpSettings Settings(WebFileServer server, string folder, int? port = null) => new()
    {
        Root = $"http://127.0.0.1:{port ?? server.Port}/{folder}",
        Retries = new CallRetries(8, TimeSpan.Zero, TimeSpan.FromSeconds(20)),
    };
}
