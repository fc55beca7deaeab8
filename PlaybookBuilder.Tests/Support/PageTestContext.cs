using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.JSInterop;
using PlaybookBuilder.Core;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Providers;
using PlaybookBuilder.Web.Components;
using PlaybookBuilder.Web.Components.Editor;
using PlaybookBuilder.Web.Hosting;
using PlaybookBuilder.Web.Mail;
using PlaybookBuilder.Web.ProxiedSessions;
using PlaybookBuilder.Web.Telemetry;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Pages before a browser that answers nothing, on the real engine with its workers and an empty database.</summary>
public abstract class PageTestContext : BunitContext, IAsyncLifetime
{
    protected const string GeneSetInput = "Input[Set[Gene]]";
    protected const string SetChoice = "OneSetT[Set[Gene]]";

    private readonly CancellationTokenSource _life = new();

    /// <param name="settings">Settings of the application beside where it keeps what it keeps.</param>
    protected PageTestContext(params (string Name, string Value)[] settings)
        : this(static _ => { }, settings)
    {
    }

    /// <param name="adjust">Puts a test's own parts in the place of the application's.</param>
    /// <param name="settings">Settings of the application beside where it keeps what it keeps.</param>
    protected PageTestContext(Action<IServiceCollection> adjust, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["DATABASE_URL"] = "memory:", ["UFS_STORAGE"] = "memory:" })
            .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)))
            .Build();
        Services.AddSingleton<IConfiguration>(configuration);
        Services.AddMetrics();
        Services.AddPlaybookBuilder(configuration);
        Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        Services.AddViewsAndForms();
        Services.AddPages();
        Services.AddSingleton<SecretMask>();
        Services.AddAdministrationPages();
        Services.AddScoped<CurrentActor>();
        Services.AddScoped<CurrentVisit>();
        Services.AddSingleton<SignInProviders>();
        Services.AddMail(configuration);
        Services.AddSingleton<IServer>(new SilentServer());
        Services.AddSessionForwarding();
        adjust(Services);
        Authorization = AddAuthorization();
        JSInterop.Mode = JSRuntimeMode.Loose;
        var edits = JSInterop.SetupModule("./edits.js");
        edits.Mode = JSRuntimeMode.Loose;
        edits.Setup<EditPosition>("arrive", static _ => true).SetResult(EditPosition.None);
        var drafts = JSInterop.SetupModule("./Components/Prompts/PromptFrame.razor.js").SetupModule("attach", static _ => true);
        drafts.Mode = JSRuntimeMode.Loose;
        drafts.Setup<IJSStreamReference>("read").SetResult(new TextStream("{}"));
        SetRendererInfo(new("Server", isInteractive: true));
    }

    /// <summary>Who looks at the pages: nobody who is signed in, until a test says so.</summary>
    protected BunitAuthorizationContext Authorization { get; }

    protected static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    protected PlaybookEngine Engine => Services.GetRequiredService<PlaybookEngine>();

    protected ComponentCatalog Catalog => Services.GetRequiredService<ComponentCatalog>();

    public async ValueTask InitializeAsync()
    {
        foreach (var service in Services.GetServices<IHostedService>()) await service.StartAsync(_life.Token);
    }

    public new async ValueTask DisposeAsync()
    {
        foreach (var service in Services.GetServices<IHostedService>()) await service.StopAsync(CancellationToken.None);
        await base.DisposeAsync();
        _life.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static Playbook GeneSet(params string[] genes) =>
        Playbook.Empty.Extend(new Process(GeneSetInput, Datum.OfJson(GeneSetInput, $$"""{"set":[{{string.Join(',', genes.Select(gene => $"\"{gene}\""))}}],"description":"Mine"}""")));

    /// <summary>Adds a step that takes the output of one.</summary>
    protected Playbook Extend(Playbook playbook, int source, string spec) =>
        playbook.Extend(NextSteps.Of(Catalog, playbook, [source]).Single(next => next.Type.Spec == spec).ToProcess());

    /// <summary>Keeps a playbook and computes all of it that can be computed.</summary>
    protected async Task<Playbook> ComputeAsync(Playbook playbook)
    {
        await Engine.ImportAsync(playbook, Actor.Anonymous, Cancellation);
        await Engine.WaitAsync(playbook, Demand.Anonymous, Cancellation);
        return playbook;
    }

    protected async Task<OpenPlaybook> OpenAsync(Playbook playbook)
    {
        var open = Services.GetRequiredService<OpenPlaybook>();
        if (!playbook.IsEmpty) await ComputeAsync(playbook);
        await open.LoadAsync(playbook.IsEmpty ? null : playbook.Id, compute: true, Cancellation);
        return open;
    }

    // No page is asked for over the network.
    private sealed class SilentServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
