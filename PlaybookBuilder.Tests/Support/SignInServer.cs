using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Tests.Support;

/// <summary>The application with sign-ins and without a local user, on a real port with an empty database.</summary>
public sealed class SignInServer(params (string Name, string Value)[] settings) : WebApplicationFactory<Program>
{
    private Uri? _address;

    public Uri Address => _address ??= Start();

    /// <summary>What it logs.</summary>
    public LoggedLines Log { get; } = new();

    /// <summary>A browser of its own: cookies, redirects, the headers that browsers send.</summary>
    public Visitor NewVisitor() => new(Address);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        builder.UseSetting("DATABASE_URL", "memory:");
        builder.UseSetting("UFS_STORAGE", "memory:");
        builder.UseSetting("AUTH_LOCAL_USER", "false");
        foreach (var (name, value) in settings) builder.UseSetting(name, value);
        builder.ConfigureLogging(logging => logging.ClearProviders().AddProvider(Log).AddFilter<LoggedLines>(static _ => true));
    }

    private Uri Start()
    {
        UseKestrel(0);
        StartServer();
        using var client = CreateClient();
        return new UriBuilder(client.BaseAddress!) { Host = "localhost" }.Uri;
    }
}
