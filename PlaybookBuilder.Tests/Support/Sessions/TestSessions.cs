using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Tests.Support.Sessions;

/// <summary>Sessions that nothing launched: their workers dial by themselves.</summary>
internal static class TestSessions
{
    /// <summary>Begins a session of a user and gives the secret that its worker dials with.</summary>
    public static async Task<(Guid Id, string Secret)> BeginAsync(IModelDatabase database, Guid userId)
    {
        var secret = SecretKeys.New();
        var row = new ProxySessionRow { Id = Guid.NewGuid(), UserId = userId, Launcher = "none", Project = "", State = ProxySessionState.Started, RunId = "1", Created = DateTimeOffset.UtcNow, SecretHash = SecretKeys.Hash(secret), Epoch = 0 };
        await AddAsync(database, row);
        return (row.Id, secret);
    }

    /// <summary>Adds a session to whatever its user has already.</summary>
    public static Task<int> AddAsync(IModelDatabase database, ProxySessionRow row) => database.WriteAsync(
        (context, token) =>
        {
            context.Add(row);
            return context.SaveChangesAsync(token);
        },
        TestContext.Current.CancellationToken);

    /// <summary>Waits until the tunnel is held by a program whose address has this port.</summary>
    public static async Task<ProxySessionRow> UntilHeldAsync(IModelDatabase database, Guid id, int port)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(EngineHost.Patience);
        while (true)
        {
            var row = await new ProxySessionStore(database).FindAsync(id, limit.Token);
            if (row is { ReplicaUrl: { } url } && new Uri(url).Port == port) return row;
        }
    }
}
