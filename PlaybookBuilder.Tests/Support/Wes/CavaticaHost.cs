using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PlaybookBuilder.Core;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.Launchers;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Support.Wes;

/// <summary>Sessions on a fake of CAVATICA, in the middle of the real application with an empty database. Nothing runs by itself: a test takes each turn.</summary>
internal sealed class CavaticaHost : IAsyncDisposable
{
    public const string Image = "registry.example.org/playbook-builder:1";
    public const string Project = "Ada/lab";

    public static readonly Uri PublicUrl = new("https://playbooks.example.org/");
    public static readonly Actor Ada = new(LocalAccount.Id, IsAdmin: true);

    private readonly ServiceProvider _services;

    private CavaticaHost(ServiceProvider services, FakeSevenBridges platform, FakeWes wes, string key) => (_services, Platform, Wes, Key) = (services, platform, wes, key);

    public FakeSevenBridges Platform { get; }

    public FakeWes Wes { get; }

    public string Key { get; }

    public IServiceProvider Services => _services;

    public CavaticaAccounts Accounts => _services.GetRequiredService<CavaticaAccounts>();

    public ProxySessions Sessions => _services.GetRequiredService<ProxySessions>();

    public ProxySessionStore Store => _services.GetRequiredService<ProxySessionStore>();

    public SessionDials Dials => _services.GetRequiredService<SessionDials>();

    public OrphanedRuns Orphans => _services.GetRequiredService<OrphanedRuns>();

    public SessionMonitor Monitor => _services.GetServices<IHostedService>().OfType<SessionMonitor>().Single();

    public WesLauncher Launcher => _services.GetServices<ISessionLauncher>().OfType<WesLauncher>().Single();

    public static async Task<CavaticaHost> StartAsync(TimeProvider? time = null, string launcher = WesLauncher.LauncherName, params (string Name, string Value)[] settings)
    {
        var platform = await FakeSevenBridges.StartAsync();
        var wes = await FakeWes.StartAsync();
        var key = wes.AddToken(platform.AddUser("Ada"));
        platform.AddProject(Project);
        wes.Platform = platform;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = "memory:",
            ["UFS_STORAGE"] = "memory:",
            ["SESSION_LAUNCHER"] = launcher,
            ["CAVATICA_WORKER_IMAGE"] = Image,
            ["CAVATICA_API_ENDPOINT"] = platform.Address.ToString(),
            ["CAVATICA_WES_ENDPOINT"] = wes.Endpoint.ToString(),
        }).AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value))).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration).AddLogging().AddMetrics().AddPlaybookBuilder(configuration);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        if (time is not null) services.Replace(ServiceDescriptor.Singleton(time));
        return new CavaticaHost(services.BuildServiceProvider(), platform, wes, key);
    }

    /// <summary>Keeps the key and the project.</summary>
    public Task EnterAsync() => Accounts.SaveAsync(Ada, Key, Project, "", CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Wes.DisposeAsync();
        await Platform.DisposeAsync();
    }
}
