using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files.Checks;
using PlaybookBuilder.Core.Retention;
using PlaybookBuilder.Core.Secrets;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Administration;

/// <summary>All of the core with test components, on a database of its own.</summary>
internal sealed class AdministrationHost : IAsyncDisposable
{
    public const string FixedAdmin = "boss@example.org";
    public const string Secret = "a-password-of-something";

    private readonly IHost _host;

    private AdministrationHost(IHost host, EngineComponents components) => (_host, Components) = (host, components);

    public EngineComponents Components { get; }

    public InterruptedDatabase Model => (InterruptedDatabase)Get<IModelDatabase>();

    /// <param name="workers">None, unless something has to run: so jobs stay what they are.</param>
    public static async Task<AdministrationHost> StartAsync(string url, int workers = 0)
    {
        var components = new EngineComponents();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new(DatabaseOptions.Variable, url), new("UFS_STORAGE", "memory:"), new("N_WORKERS", $"{workers}"), new(AppSecretOptions.Variable, new string('s', 32)), new(AccountOptions.Variable, FixedAdmin)]);
        builder.Services.AddPlaybookBuilder(builder.Configuration);
        // Who frees what is old, and who reads files again, begin with the program, and would do it beside the tests.
        foreach (var worker in new[] { typeof(RetentionWorker), typeof(ContentChecksWorker) }) builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == worker));
        builder.Services.Replace(ServiceDescriptor.Singleton(components.Catalog));
        builder.Services.Configure<ErrorLogOptions>(static options => (options.Program, options.Mask) = ("serve on a machine", static text => text.Replace(Secret, "***", StringComparison.Ordinal)));
        InterruptedDatabase.Wrap(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new AdministrationHost(host, components);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task AddAsync(params IEnumerable<object> rows) => Model.WriteAsync(
        (context, token) =>
        {
            context.AddRange(rows);
            return context.SaveChangesAsync(token);
        },
        CancellationToken.None);

    public async Task<Actor> NewUserAsync(string name = "A reader", bool isAdmin = false, string? email = null, DateTimeOffset? created = null)
    {
        var row = new UserAccountRow { Id = Guid.NewGuid(), Name = name, Affiliation = "", Email = email, IsAdmin = isAdmin, IsDisabled = false, WantsMail = false, Created = created ?? DateTimeOffset.UtcNow, LastSeen = DateTimeOffset.UtcNow };
        await AddAsync(row);
        return new Actor(row.Id, isAdmin);
    }

    /// <summary>Keeps a playbook and asks for all of it.</summary>
    public async Task<Playbook> RequestAsync(Playbook playbook, string owner = "", bool isBatch = false)
    {
        await Get<PlaybookEngine>().ImportAsync(playbook, Actor.Anonymous, CancellationToken.None);
        await Get<PlaybookEngine>().RequestAsync(playbook, new Demand(owner, isBatch), CancellationToken.None);
        return playbook;
    }

    public Task<UserAccountRow> ReadUserAsync(Actor user) => Model.ReadAsync((context, token) => context.Set<UserAccountRow>().SingleAsync(row => row.Id == user.UserId, token), CancellationToken.None);

    /// <summary>All audit entries, newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> AuditAsync() => (await Get<AuditLog>().ListAsync(new Actor(LocalAccount.Id, IsAdmin: true), null, null, new PageRequest(Limit: PageRequest.Most), CancellationToken.None)).Items;

    public async ValueTask DisposeAsync()
    {
        Components.Gate.TrySetResult();
        await _host.StopAsync();
        _host.Dispose();
    }
}
