using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Playbooks;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Secrets;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Saving;

/// <summary>Saved playbooks on the real engine with test components, on a database of its own and a clock that is moved by hand.</summary>
internal sealed class SavingHost : IAsyncDisposable
{
    private readonly IHost _host;

    private SavingHost(IHost host, EngineComponents components)
    {
        _host = host;
        Components = components;
        Saved = new SavedPlaybooks(Model, Engine, components.Catalog, Time);
        Publishing = new PlaybookPublishing(Saved, Engine, components.Catalog, Audit, Time);
        Published = new PlaybookSearch(Model);
        Clicks = new PlaybookClicks(Model, host.Services.GetRequiredService<AppSecret>(), Time);
        Suggestions = new Suggestions(Model, Time);
        Cleaning = new PlaybookCleaning(Model, Time);
    }

    public static Actor Local { get; } = new(LocalAccount.Id, IsAdmin: true);

    public FakeTimeProvider Time { get; } = FakeClock.New();

    public EngineComponents Components { get; }

    public PlaybookEngine Engine => _host.Services.GetRequiredService<PlaybookEngine>();

    public ComponentCatalog Catalog => Components.Catalog;

    public IModelDatabase Model => _host.Services.GetRequiredService<IModelDatabase>();

    public SavedPlaybooks Saved { get; }

    public PlaybookPublishing Publishing { get; }

    public PlaybookSearch Published { get; }

    public PlaybookClicks Clicks { get; }

    public Suggestions Suggestions { get; }

    public SuggestionAdministration Decisions => _host.Services.GetRequiredService<SuggestionAdministration>();

    public AuditLog Audit => _host.Services.GetRequiredService<AuditLog>();

    public PlaybookCleaning Cleaning { get; }

    public static async Task<SavingHost> StartAsync(string url)
    {
        var components = new EngineComponents();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new(DatabaseOptions.Variable, url), new("N_WORKERS", "2"), new(AppSecretOptions.Variable, new string('s', 32))]);
        builder.Services.AddSecrets(builder.Configuration).AddDatabase(builder.Configuration).AddAdministration().AddSingleton(components.Catalog).AddEngine(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync();
        return new SavingHost(host, components);
    }

    public async Task<Playbook> ComputeAsync(Playbook playbook)
    {
        await Engine.ImportAsync(playbook, Actor.Anonymous, CancellationToken.None);
        await Engine.WaitAsync(playbook, Demand.Anonymous, CancellationToken.None).WaitAsync(EngineHost.Patience);
        return playbook;
    }

    /// <summary>What every step shows without computing anything: its value as JSON, or null.</summary>
    public async Task<string?[]> ShownAsync(Guid playbookId)
    {
        var states = await Engine.ReadStatesAsync(await Engine.GetAsync(playbookId, CancellationToken.None), CancellationToken.None);
        return [.. (await Engine.ReadOutputsAsync(states, CancellationToken.None)).Select(output => output?.Value)];
    }

    public async Task<Actor> NewUserAsync(string name = "A reader", bool isAdmin = false)
    {
        var row = new UserAccountRow { Id = Guid.NewGuid(), Name = name, Affiliation = "", Email = "reader@example.org", IsAdmin = isAdmin, IsDisabled = false, WantsMail = false, Created = Time.GetUtcNow(), LastSeen = Time.GetUtcNow() };
        await Model.WriteAsync(
            (context, token) =>
            {
                context.Add(row);
                return context.SaveChangesAsync(token);
            },
            CancellationToken.None);
        return new Actor(row.Id, isAdmin);
    }

    public async ValueTask DisposeAsync()
    {
        Components.Gate.TrySetResult();
        await _host.StopAsync();
        _host.Dispose();
    }
}
