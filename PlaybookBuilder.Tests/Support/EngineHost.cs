using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Sqlite;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Support;

/// <summary>The whole engine with test components, on a database of its own.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    /// <summary>Long enough for a slow machine; only a test that fails takes it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IHost _host;

    private EngineHost(IHost host, EngineComponents components) => (_host, Components) = (host, components);

    public EngineComponents Components { get; }

    public PlaybookEngine Engine => _host.Services.GetRequiredService<PlaybookEngine>();

    public EngineSignals Signals => _host.Services.GetRequiredService<EngineSignals>();

    public IJobQueue Queue => _host.Services.GetRequiredService<IJobQueue>();

    public IPlaybookStore Store => _host.Services.GetRequiredService<IPlaybookStore>();

    public JobRunner Runner => _host.Services.GetRequiredService<JobRunner>();

    public AbandonedRuns Abandoned => _host.Services.GetRequiredService<AbandonedRuns>();

    public SqliteDatabase Database => _host.Services.GetRequiredService<SqliteDatabase>();

    public static async Task<EngineHost> StartAsync(string url = DatabaseOptions.Memory, int workers = 4, TimeProvider? time = null)
    {
        var components = new EngineComponents();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new(DatabaseOptions.Variable, url), new("N_WORKERS", $"{workers}")]);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        builder.Services.AddDatabase(builder.Configuration).AddSingleton(components.Catalog).AddEngine(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync();
        return new EngineHost(host, components);
    }

    public async Task<Playbook> SaveAsync(Playbook playbook)
    {
        await Engine.ImportAsync(playbook, Actor.Anonymous, CancellationToken.None);
        return playbook;
    }

    /// <summary>Asks for all results and waits for them.</summary>
    public async Task<ProcessState[]> ResolveAsync(Playbook playbook)
    {
        await SaveAsync(playbook);
        return await Engine.WaitAsync(playbook, Demand.Anonymous, CancellationToken.None).WaitAsync(Patience);
    }

    /// <summary>What every step shows: its value as JSON, or null.</summary>
    public async Task<string?[]> OutputsAsync(ProcessState[] states) => [.. (await Engine.ReadOutputsAsync(states, CancellationToken.None)).Select(output => output?.Value)];

    /// <summary>Stops the workers as the program does when it is told to end.</summary>
    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Components.Gate.TrySetResult();
        await _host.StopAsync();
        _host.Dispose();
    }
}
