using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Database.Postgres;

/// <summary>The engine on a shared database.</summary>
public sealed class PostgresEngineTests(PostgresServer server)
{
    [Fact]
    public async Task Resolve_Chain_GivesEveryOutput()
    {
        await using var host = await EngineHost.StartAsync(await server.NewDatabaseAsync());

        var states = await host.ResolveAsync(Playbooks.Chain(20));

        Assert.All(states, state => Assert.Equal(ProcessPhase.Resolved, state.Phase));
        Assert.All(await host.OutputsAsync(states), Assert.NotNull);
    }

    [Fact]
    public async Task Resolve_ManyAtOnce_AllEnd()
    {
        await using var host = await EngineHost.StartAsync(await server.NewDatabaseAsync());

        var ended = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => host.ResolveAsync(Playbooks.RandomPlaybook(new Random(i), 12))));

        Assert.All(ended.SelectMany(states => states), state => Assert.True(state.IsDone));
    }
}
