using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Playbooks;

namespace PlaybookBuilder.Tests.Saving;

/// <summary>What every database does for saved playbooks.</summary>
public abstract partial class SavingConformance : IAsyncLifetime
{
    private SavingHost? _host;

    private protected SavingHost Host => _host!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static Publication Publication => new("Two texts", "Joins them", "Ada Lovelace, Alan Turing", "CC-BY-4.0");

    public async ValueTask InitializeAsync() => _host = await SavingHost.StartAsync(await OpenAsync());

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The address of an empty database.</summary>
    private protected abstract Task<string> OpenAsync();

    private static async Task RefusedAsync(AccessProblem problem, Func<Task> run) => Assert.Equal(problem, (await Assert.ThrowsAsync<AccessException>(run)).Problem);
}
