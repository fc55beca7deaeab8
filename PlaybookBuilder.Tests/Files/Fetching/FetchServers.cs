using System.Net.Http.Json;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files.Fetching;

/// <summary>The application and somebody else's server on this machine.</summary>
public class FetchServers : IAsyncLifetime
{
    private OtherSite? _site;
    private HttpClient? _client;

    public FetchServers()
        : this([])
    {
    }

    private protected FetchServers(params (string Name, string Value)[] settings) => Server = new([("AUTH_LOCAL_USER", "true"), .. settings]);

    public SignInServer Server { get; }

    internal OtherSite Site => _site!;

    internal HttpClient Client => _client!;

    public async ValueTask InitializeAsync()
    {
        _site = await OtherSite.StartAsync();
        _client = new HttpClient { BaseAddress = Server.Address };
    }

    public Task<HttpResponseMessage> FetchAsync(string url) => Client.PostAsJsonAsync("/api/v1/components/core/file/fetch", new { url }, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client.Dispose();
        await Server.DisposeAsync();
        await Site.DisposeAsync();
    }
}
