using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Tests.Storage.Http;

/// <summary>Leads whoever asks it anything to one address.</summary>
internal sealed class RedirectingServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RedirectingServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single().TrimEnd('/');

    public static async Task<RedirectingServer> StartAsync(string target)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static server => server.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapFallback(() => Results.Redirect(target));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new RedirectingServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
