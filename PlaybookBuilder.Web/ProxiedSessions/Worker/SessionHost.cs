using System.Net.WebSockets;
using Microsoft.AspNetCore.Authentication;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Hosting;
using PlaybookBuilder.Web.Tunnel;
using PlaybookBuilder.Web.Tunnel.Public;
using PlaybookBuilder.Web.Tunnel.Worker;

namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>The program as the worker of one session: the whole application, with a database in memory, for one user, reached through the tunnel that it opens and no other way.</summary>
internal static partial class SessionHost
{
    /// <exception cref="FormatException">The settings make no sense.</exception>
    /// <exception cref="IOException">The session does not want this worker.</exception>
    public static async Task RunAsync(string text)
    {
        var settings = SessionSettings.Parse(text);
        using var logging = LoggerFactory.Create(static builder => builder.AddSimpleConsole());
        using var stopped = new CancellationTokenSource();
        var dialer = new TunnelDialer(AddressOf(settings), settings.Secret, TimeProvider.System, logging.CreateLogger<TunnelDialer>());
        try
        {
            var (socket, hello) = await dialer.DialAsync(stopped.Token);
            await ServeAsync(settings, dialer, socket, hello);
        }
        catch (TunnelRefusedException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    private static async Task ServeAsync(SessionSettings settings, TunnelDialer dialer, WebSocket socket, TunnelHello hello)
    {
        var files = Directory.CreateTempSubdirectory("playbook-session-");
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
            builder.Configuration.AddInMemoryCollection(SettingsOf(settings, files.FullName));
            builder.AddApplication("session");
            if (hello.Project is { } project) builder.Services.AddProjectStorage(project.Endpoint, project.Token, project.Path);
            builder.Services.AddSingleton(new SessionOwner(hello.Owner));
            builder.Services.AddSessionLife(settings, hello);
            builder.Services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, SessionOwnerHandler>(SessionOwnerHandler.SchemeName, null);
            WebApplication? app = null;
            builder.WebHost.ListenAtTunnel(dialer, socket, refused =>
            {
                LogRefused(app!.Logger, refused.Message);
                app.Lifetime.StopApplication();
            });
            app = builder.Build();
            await using (app)
            {
                await app.PrepareAsync();
                await app.RunAsync();
            }
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    // Whatever the environment says: the worker keeps what it has with itself, and nobody signs in to it.
    private static Dictionary<string, string?> SettingsOf(SessionSettings settings, string folder) => new()
    {
        ["urls"] = "",
        ["http_ports"] = "",
        ["https_ports"] = "",
        ["DATABASE_URL"] = "memory:",
        ["UFS_STORAGE"] = new Uri(folder + "/").AbsoluteUri,
        [FileAddressOptions.Variable] = settings.Url.ToString(),
        [LocalUserOptions.Variable] = "false",
        [ProxySessionOptions.LauncherVariable] = "",
        [ProxySessionOptions.ReplicaVariable] = "",
        [ProxySessionOptions.HostVariable] = "",
        [ProxySessionOptions.UrlVariable] = "",
        ["AUTH_OIDC"] = "",
        ["AUTH_GOOGLE"] = "",
        ["AUTH_ORCID"] = "",
        ["EMAIL_SERVER"] = "",
        ["LANDING_PAGE"] = "",
        ["TRUSTED_PROXIES"] = "",
        ["N_WORKERS"] = Environment.ProcessorCount.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static Uri AddressOf(SessionSettings settings)
    {
        var builder = new UriBuilder(settings.Url) { Scheme = settings.Url.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
        builder.Path = builder.Path.TrimEnd('/') + TunnelApi.PathOf(settings.Session);
        return builder.Uri;
    }

    [LoggerMessage(LogLevel.Information, "This worker ends: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
