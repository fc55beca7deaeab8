using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Tests.Support.SevenBridges;

namespace PlaybookBuilder.Tests.Support.Wes;

/// <summary>
/// A workflow execution service (GA4GH WES 1.1) on loopback, as CAVATICA's: what is submitted is started as a process of this machine, the image replaced by an executable. No process outlives it.
/// </summary>
internal sealed class FakeWes : IAsyncDisposable
{
    private const string Root = "/ga4gh/wes/v1";

    private readonly WebApplication _application;
    private readonly FakeFaults _faults = new();
    private readonly ConcurrentDictionary<string, FakeRun> _runs = new();
    private readonly ConcurrentQueue<string> _order = [];
    private readonly HashSet<string> _tokens = [];

    private FakeWes(WebApplication application) => _application = application;

    public Uri Endpoint { get; private set; } = null!;

    /// <summary>What stands for the program in the image; without it a run ends only when it is cancelled or <see cref="FakeRun.End"/>.</summary>
    public string? Executable { get; set; }

    public IReadOnlyList<string> FirstArguments { get; set; } = [];

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>Where apps are installed: a submission whose revision is not the one of its image, or the next, is refused.</summary>
    public FakeSevenBridges? Platform { get; set; }

    /// <summary>What each new run tells, one by one, before its true state.</summary>
    public IReadOnlyList<string> FirstStates { get; set; } = [];

    /// <summary>Whether runs are listed with their tags (RunSummary), or without (RunStatus).</summary>
    public bool IsListingTags { get; set; } = true;

    /// <summary>Of a list, at most.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Every request, such as <c>POST /ga4gh/wes/v1/runs</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Every answer with the name of its schema.</summary>
    public ConcurrentQueue<(string Schema, JsonNode Body)> Answers { get; } = [];

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<FakeRun> Runs => [.. _order.Select(id => _runs[id])];

    public static async Task<FakeWes> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var application = builder.Build();
        var fake = new FakeWes(application);
        application.Run(fake.AnswerAsync);
        await application.StartAsync();
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        fake.Endpoint = new Uri(address + Root);
        return fake;
    }

    public string AddToken(string? token = null)
    {
        token ??= Guid.NewGuid().ToString("N");
        lock (_tokens) _tokens.Add(token);
        return token;
    }

    public void RevokeToken(string token)
    {
        lock (_tokens) _tokens.Remove(token);
    }

    /// <summary>The next request that matches, and not the ones before it, has this fault.</summary>
    public void Strike(FakeFault fault) => _faults.Add(fault);

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        foreach (var run in _runs.Values) await run.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var line = $"{context.Request.Method} {context.Request.Path}";
        Requests.Enqueue(line);
        var fault = _faults.Take(line);
        if (fault is { IsSilent: true })
        {
            await FakeFaults.KeepSilentAsync(context);
            return;
        }

        var (status, schema, body) = fault is { Status: { } told } ? Error(told, "As it was told.") : await AnswerAsync(context.Request);
        Answers.Enqueue((schema, body.DeepClone()));
        // Done, but nobody hears of it.
        if (fault is { Status: null }) context.Abort();
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(body);
    }

    private static (int Status, string Schema, JsonNode Body) Error(int status, string message) => (status, "ErrorResponse", new JsonObject { ["msg"] = message, ["status_code"] = status });

    private async Task<(int Status, string Schema, JsonNode Body)> AnswerAsync(HttpRequest request)
    {
        if (TokenOf(request) is not { } token) return Error(401, "The request is unauthorized.");
        if (!request.Path.StartsWithSegments(Root, out var rest)) return Error(404, "There is nothing.");

        return (request.Method, rest.Value!.Trim('/').Split('/')) switch
        {
            ("GET", ["service-info"]) => (200, "ServiceInfo", ServiceInfo()),
            ("GET", ["runs"]) => List(request, token),
            ("POST", ["runs"]) => await StartAsync(request, token),
            ("GET", ["runs", var id]) when Find(id, token) is { } run => (200, "RunLog", run.ToJson()),
            ("GET", ["runs", var id, "status"]) when Find(id, token) is { } run => (200, "RunStatus", new JsonObject { ["run_id"] = id, ["state"] = run.NextState() }),
            ("POST", ["runs", var id, "cancel"]) when Find(id, token) is { } run => Cancel(run),
            (_, ["runs", _, ..]) => Error(404, "The requested workflow run wasn't found."),
            _ => Error(404, "There is nothing."),
        };
    }

    private string? TokenOf(HttpRequest request)
    {
        var bearer = $"{request.Headers.Authorization}";
        var token = bearer.StartsWith("Bearer ", StringComparison.Ordinal) ? bearer["Bearer ".Length..] : $"{request.Headers[FakeSevenBridges.TokenHeader]}";
        lock (_tokens) return _tokens.Contains(token) ? token : null;
    }

    private FakeRun? Find(string id, string token) => _runs.TryGetValue(id, out var run) && run.Token == token ? run : null;

    private static JsonObject ServiceInfo() => new()
    {
        ["id"] = "org.example.wes",
        ["name"] = "A fake",
        ["type"] = new JsonObject { ["group"] = "org.ga4gh", ["artifact"] = "wes", ["version"] = "1.1.0" },
        ["organization"] = new JsonObject { ["name"] = "Tests", ["url"] = "https://example.org" },
        ["version"] = "1.0",
        ["workflow_type_versions"] = new JsonObject { ["CWL"] = new JsonObject { ["workflow_type_version"] = new JsonArray("v1.0", "v1.1", "v1.2") } },
        ["supported_wes_versions"] = new JsonArray("1.1.0"),
        ["supported_filesystem_protocols"] = new JsonArray("drs"),
        ["workflow_engine_versions"] = new JsonObject(),
        ["default_workflow_engine_parameters"] = new JsonArray(),
        ["system_state_counts"] = new JsonObject(),
        ["auth_instructions_url"] = "https://example.org/token",
        ["tags"] = new JsonObject(),
    };

    private (int Status, string Schema, JsonNode Body) List(HttpRequest request, string token)
    {
        var size = int.TryParse(request.Query["page_size"], out var wanted) ? Math.Min(wanted, PageSize) : PageSize;
        var offset = 0;
        if ($"{request.Query["page_token"]}" is { Length: > 0 } page && !int.TryParse(page, out offset)) return Error(400, "There is no such page.");

        var mine = Runs.Reverse().Where(run => run.Token == token).ToList();
        var runs = mine.Skip(offset).Take(size).Select(run =>
        {
            var entry = new JsonObject { ["run_id"] = run.Id, ["state"] = run.NextState() };
            if (IsListingTags) entry["tags"] = run.Tags.DeepClone();
            return (JsonNode)entry;
        });
        return (200, "RunListResponse", new JsonObject { ["runs"] = new JsonArray([.. runs]), ["next_page_token"] = offset + size < mine.Count ? $"{offset + size}" : "" });
    }

    private async Task<(int Status, string Schema, JsonNode Body)> StartAsync(HttpRequest request, string token)
    {
        FakeSubmission submission;
        try
        {
            submission = await FakeSubmission.ReadAsync(request);
        }
        catch (Exception error) when (error is FormatException or JsonException or KeyNotFoundException or InvalidDataException)
        {
            return Error(400, error.Message);
        }

        if (Platform is not null && !TryInstall(Platform, submission)) return Error(400, "The revision of the app is not the one of its image, or the next.");

        var run = new FakeRun { Id = Guid.NewGuid().ToString(), Token = token, Request = submission.Request, Tags = submission.Tags, Image = submission.Image, Command = submission.Command };
        run.Tell(FirstStates);
        if (Executable is not null) run.Start(Executable, FirstArguments, Environment);
        _runs[run.Id] = run;
        _order.Enqueue(run.Id);
        return (200, "RunId", new JsonObject { ["run_id"] = run.Id });
    }

    private static bool TryInstall(FakeSevenBridges platform, FakeSubmission submission)
    {
        if (submission.Cwl.GetProperty("id").GetString()!.Split('/') is not [var owner, var project, var app, var text] || $"{owner}/{project}" != submission.Project || !int.TryParse(text, out var revision)) return false;

        return platform.TryInstall(submission.Project, app, revision, submission.Cwl, submission.Image);
    }

    private static (int Status, string Schema, JsonNode Body) Cancel(FakeRun run)
    {
        run.Cancel();
        return (200, "RunId", new JsonObject { ["run_id"] = run.Id });
    }
}
