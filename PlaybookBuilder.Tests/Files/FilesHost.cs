using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Checks;
using PlaybookBuilder.Core.Files.Orphans;
using PlaybookBuilder.Core.Files.Resumable;
using PlaybookBuilder.Core.Retention;
using PlaybookBuilder.Core.Secrets;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Files;

/// <summary>The product with its own components, workers and storage, on a database of its own.</summary>
internal sealed class FilesHost : IAsyncDisposable
{
    public const string Counts = "gene,s1,s2\nA,1,2\nB,3,4\n";

    private readonly IHost _host;

    private FilesHost(IHost host) => _host = host;

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public PlaybookEngine Engine => Get<PlaybookEngine>();

    public static async Task<FilesHost> StartAsync(string url, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection([new(DatabaseOptions.Variable, url), new("UFS_STORAGE", "memory:"), new("N_WORKERS", "2"), new(AppSecretOptions.Variable, new string('s', 32))]);
        builder.Services.AddPlaybookBuilder(builder.Configuration);
        // Those who look after what is old begin with the program, and would do it beside the tests.
        foreach (var worker in new[] { typeof(RetentionWorker), typeof(ContentChecksWorker), typeof(OrphanedContentsWorker), typeof(UnfinishedUploadsWorker) }) builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == worker));
        configure?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new FilesHost(host);
    }

    public async Task<Actor> NewUserAsync(bool isAdmin = false)
    {
        var row = new UserAccountRow { Id = Guid.NewGuid(), Name = "A reader", Affiliation = "", IsAdmin = isAdmin, IsDisabled = false, WantsMail = false, Created = DateTimeOffset.UtcNow, LastSeen = DateTimeOffset.UtcNow };
        await Get<IModelDatabase>().WriteAsync(
            (context, token) =>
            {
                context.Add(row);
                return context.SaveChangesAsync(token);
            },
            CancellationToken.None);
        return new Actor(row.Id, isAdmin);
    }

    /// <summary>Uploads a file and gives its address.</summary>
    public async Task<string> UploadAsync(Guid? userId, string text = Counts) =>
        (await Get<FileUploads>().AddAsync("counts.csv", new MemoryStream(Encoding.UTF8.GetBytes(text)), userId, CancellationToken.None))!.Url;

    /// <summary>A playbook that begins with a file.</summary>
    public static Playbook Naming(string url, string spec = "FileInput") =>
        Playbook.Empty.Extend(new Process(spec, Datum.OfJson(spec, $$"""{"url":"{{url}}","filename":"counts.csv"}""")));

    /// <summary>Adds a step that takes the output of the last one.</summary>
    public static Playbook Then(Playbook playbook, string spec, string argument) =>
        playbook.Extend(new Process(spec, null, [ProcessInput.Parse(argument, playbook.Head.Process.Id)]));

    public Task ImportAsync(Playbook playbook, Actor actor) => Engine.ImportAsync(playbook, actor, CancellationToken.None);

    /// <summary>Computes what was kept, and gives the last value.</summary>
    public async Task<Datum> ComputeAsync(Playbook playbook)
    {
        var states = await Engine.WaitAsync(playbook, Demand.Anonymous, CancellationToken.None).WaitAsync(EngineHost.Patience);
        return (await Engine.ReadOutputsAsync(states, CancellationToken.None))[^1]!;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
