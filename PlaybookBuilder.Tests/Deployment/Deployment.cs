using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Api;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>Replicas and workers as processes of their own, on one Postgres and one folder of files.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private readonly Dictionary<string, string> _settings;
    private readonly TemporaryFolder _folder;
    private readonly HttpClient _client = new() { Timeout = EngineHost.Patience };

    private Deployment(string url, TemporaryFolder folder) => (_folder, _settings) = (folder, new()
    {
        ["DATABASE_URL"] = url,
        ["APP_SECRET"] = "a-secret-of-the-tests-that-is-long-enough",
        ["AUTH_LOCAL_USER"] = "true",
        ["TRUSTED_PROXIES"] = "127.0.0.1",
    });

    /// <summary>Where the files are, below the folder in which all programs are started.</summary>
    public static string FilesOf(TemporaryFolder folder) => Path.Combine(folder.Path, "data", "ufs");

    public TemporaryFolder Folder => _folder;

    public List<PublishedProgram> Replicas { get; } = [];

    public List<PublishedProgram> Workers { get; } = [];

    /// <param name="folder">In which the programs are started; theirs from then on.</param>
    /// <param name="settings">Further environment variables of all programs.</param>
    public static async Task<Deployment> StartAsync(string url, int replicas, int workers, TemporaryFolder? folder = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var deployment = new Deployment(url, folder ?? new TemporaryFolder());
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) deployment._settings[name] = value;
        for (var i = 0; i < replicas; i++) deployment.Replicas.Add(await deployment.StartReplicaAsync());
        for (var i = 0; i < workers; i++) await deployment.AddWorkerAsync();
        return deployment;
    }

    /// <summary>Stops a replica and starts another in its place, as an upgrade does.</summary>
    public async Task ReplaceReplicaAsync(int replica)
    {
        var old = Replicas[replica];
        await old.StopAsync();
        Replicas[replica] = await StartReplicaAsync(old.Address.Port);
        await old.DisposeAsync();
    }

    /// <param name="starter">A program, with arguments, that starts it.</param>
    public async Task AddReplicaAsync(IEnumerable<(string Name, string Value)>? settings = null, params string[] starter) => Replicas.Add(await StartReplicaAsync(settings: settings, starter: starter));

    public async Task AddWorkerAsync(IEnumerable<(string Name, string Value)>? settings = null, params string[] starter) =>
        Workers.Add(await PublishedProgram.StartAsync(_folder, command: "worker", settings: With(settings ?? []), starter: starter));

    /// <summary>Kills a worker and forgets it.</summary>
    public async Task KillWorkerAsync(int worker)
    {
        var program = Workers[worker];
        Workers.RemoveAt(worker);
        await program.DisposeAsync();
    }

    public async Task<string> UploadAsync(int replica, string filename, string content)
    {
        using var form = new MultipartFormDataContent { { new StringContent(content, Encoding.UTF8), "file", filename } };
        using var answer = await _client.PostAsync(new Uri(Replicas[replica].Address, "/api/v1/components/core/file/upload"), form);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonNode>())!["file"]![0]!.ToJsonString();
    }

    /// <summary>The bytes of an upload, as text.</summary>
    public Task<string> DownloadAsync(int replica, string file) =>
        GetAsync(Replicas[replica], $"{FileDownloadApi.Path}?url={Uri.EscapeDataString(JsonNode.Parse(file)!["url"]!.GetValue<string>())}");

    /// <summary>Posts a playbook document and gives the playbook's id.</summary>
    public async Task<string> PostAsync(int replica, string document)
    {
        using var answer = await _client.PostAsync(new Uri(Replicas[replica].Address, "/api/db/fpl"), new StringContent(document, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        return JsonSerializer.Deserialize<string>(text)!;
    }

    /// <summary>Waits for the outputs of a playbook and gives the type and the value of the last.</summary>
    /// <param name="traceParent">The span that asks, if it is traced.</param>
    public async Task<(string Type, string Value)> OutputAsync(int replica, string id, string? traceParent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Replicas[replica].Address, $"/api/db/fpl/{id}/output"));
        if (traceParent is not null) request.Headers.Add("traceparent", traceParent);
        using var answer = await _client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {text}");
        var output = JsonNode.Parse(text)!.AsArray()[^1]!["process"]!["output"]!;
        return (output["type"]!.GetValue<string>(), output["value"]!.ToJsonString());
    }

    /// <summary>Asks for the results of a playbook without waiting for them.</summary>
    public async Task RequestAsync(int replica, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Replicas[replica].Address, $"/api/db/fpl/{id}/output")) { Headers = { { "Prefer", "wait=0" } } };
        using var answer = await _client.SendAsync(request);
    }

    private Task<PublishedProgram> StartReplicaAsync(int port = 0, IEnumerable<(string Name, string Value)>? settings = null, params string[] starter) =>
        PublishedProgram.StartAsync(_folder, port, settings: With([("N_WORKERS", "0"), .. settings ?? []]), starter: starter);

    public async Task<string> GetAsync(PublishedProgram program, string path) => await _client.GetStringAsync(new Uri(program.Address, path));

    /// <summary>The status of the answer, which may be any.</summary>
    public async Task<int> StatusOfAsync(PublishedProgram program, string path)
    {
        using var answer = await _client.GetAsync(new Uri(program.Address, path));
        return (int)answer.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in Workers.Concat(Replicas)) await program.DisposeAsync();
        _client.Dispose();
        _folder.Dispose();
    }

    private Dictionary<string, string> With(IEnumerable<(string Name, string Value)> settings)
    {
        var all = new Dictionary<string, string>(_settings);
        foreach (var (name, value) in settings) all[name] = value;
        return all;
    }

    /// <summary>A gene set and steps that each stand on the one before.</summary>
    public static string Chain(string name, int length)
    {
        var steps = new JsonArray { new JsonObject { ["id"] = "0", ["type"] = "Input[Set[Gene]]", ["data"] = new JsonObject { ["id"] = "genes" } } };
        for (var i = 1; i < length; i++) steps.Add(i % 2 == 1 ? Step(i, "GenesetToGMT", "geneset") : Step(i, "GMTUnion", "gmt"));

        return new JsonObject
        {
            ["data"] = new JsonObject { ["genes"] = new JsonObject { ["type"] = "Input[Set[Gene]]", ["value"] = new JsonObject { ["description"] = name, ["set"] = new JsonArray(name, "ACE2") } } },
            ["workflow"] = steps,
        }.ToJsonString();
    }

    /// <summary>An uploaded count matrix and the library sizes of its samples.</summary>
    public static string LibrarySizes(string file) => OnCounts(file, Step(1, "VisualizeLibrarySizes", "matrix"));

    /// <summary>The same of its logarithms.</summary>
    public static string NormalizedLibrarySizes(string file) => OnCounts(file, Step(1, "LogNormalizeGeneCountMatrix", "matrix"), Step(2, "VisualizeLibrarySizes", "matrix"));

    private static string OnCounts(string file, params JsonNode[] steps) => new JsonObject
    {
        ["data"] = new JsonObject { ["file"] = new JsonObject { ["type"] = "GeneCountMatrixFileUpload", ["value"] = JsonNode.Parse(file) } },
        ["workflow"] = new JsonArray([new JsonObject { ["id"] = "0", ["type"] = "GeneCountMatrixFileUpload", ["data"] = new JsonObject { ["id"] = "file" } }, .. steps]),
    }.ToJsonString();

    /// <summary>A step that takes the output of the one before it.</summary>
    private static JsonObject Step(int id, string type, string argument) => new()
    {
        ["id"] = $"{id}",
        ["type"] = type,
        ["inputs"] = new JsonObject { [argument] = new JsonObject { ["id"] = $"{id - 1}" } },
    };
    /// <summary>The labels of a matrix's samples s0, s1, ... and the principal components of the groups: two jobs, like no other number's.</summary>
    public static string LabelledPca(string file, int samples, int number)
    {
        var labels = new JsonObject();
        for (var sample = 0; sample < samples; sample++)
        {
            var isControl = sample == samples - 1 || (sample < samples - 2 && (number >> sample & 1) == 1);
            labels[$"s{sample}"] = isControl ? "Control" : "Perturbation";
        }

        return new JsonObject
        {
            ["data"] = new JsonObject
            {
                ["file"] = new JsonObject { ["type"] = "GeneCountMatrixFileUpload", ["value"] = JsonNode.Parse(file) },
                ["labels"] = new JsonObject { ["type"] = "LabelGeneCountMatrix", ["value"] = new JsonObject { ["Type: Control or Perturbation"] = labels } },
            },
            ["workflow"] = new JsonArray(
                new JsonObject { ["id"] = "0", ["type"] = "GeneCountMatrixFileUpload", ["data"] = new JsonObject { ["id"] = "file" } },
                new JsonObject { ["id"] = "1", ["type"] = "LabelGeneCountMatrix", ["data"] = new JsonObject { ["id"] = "labels" }, ["inputs"] = new JsonObject { ["matrix"] = new JsonObject { ["id"] = "0" } } },
                new JsonObject { ["id"] = "2", ["type"] = "PCAGraphWithMetadata2D", ["inputs"] = new JsonObject { ["anndata"] = new JsonObject { ["id"] = "1" } } }),
        }.ToJsonString();
    }

    /// <summary>Counts of any size: genes G0, G1, ... of samples s0, s1, ...</summary>
    public static string Matrix(int genes, int samples)
    {
        var text = new StringBuilder("gene");
        for (var sample = 0; sample < samples; sample++) text.Append(",s").Append(sample);
        for (var gene = 0; gene < genes; gene++)
        {
            text.Append("\nG").Append(gene);
            for (var sample = 0; sample < samples; sample++) text.Append(',').Append(((gene * 31) + (sample * sample * 7)) % 1000);
        }

        return text.Append('\n').ToString();
    }
}
