using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Tests.Support;

/// <summary>The application as it is, with an empty database, on a real port.</summary>
public sealed class PageServer : WebApplicationFactory<Program>
{
    private readonly Lazy<HttpClient> _client;

    public PageServer() => _client = new(Start);

    public HttpClient Client => _client.Value;

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("DATABASE_URL", "memory:");
        builder.UseSetting("UFS_STORAGE", "memory:");
        builder.ConfigureLogging(static logging => logging.ClearProviders());
    }

    private HttpClient Start()
    {
        UseKestrel(0);
        StartServer();
        return CreateClient();
    }
}
