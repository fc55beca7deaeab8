using System.Text.Json;
using System.Text.Json.Nodes;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Cavatica.Wes;

namespace PlaybookBuilder.Core.Cavatica;

/// <summary>
/// The worker as an app of a project: a CWL CommandLineTool of one image with one input, <c>config</c>. The id of its document holds the revision, which the platform wants to be that of the same image, or the next one.
/// </summary>
/// <param name="Project">Such as <c>user/project</c>.</param>
public sealed record WorkerApp(string Project, int Revision, WorkerAppOptions Options)
{
    private const string DockerRequirement = "DockerRequirement";

    /// <summary>Such as <c>user/project/playbook-builder-worker/3</c>.</summary>
    public string Id => $"{Project}/{Options.Name}/{Revision}";

    /// <summary>Looks up which revision it is in a project.</summary>
    /// <exception cref="SevenBridgesException">The project can't be looked at.</exception>
    public static async Task<WorkerApp> ResolveAsync(SevenBridgesClient client, string project, WorkerAppOptions options, CancellationToken cancellationToken) =>
        new(project, RevisionOf(await client.FindAppAsync(project, options.Name, cancellationToken).ConfigureAwait(false), options.Image), options);

    /// <summary>None there: 0. The same image: the same. Another: the next.</summary>
    public static int RevisionOf(SevenBridgesApp? existing, string image) => existing switch
    {
        null => 0,
        _ when ImageOf(existing.Raw) == image => existing.Revision,
        _ => existing.Revision + 1,
    };

    /// <summary>The image that a CWL document names, as a hint or a requirement, in either of the forms that CWL has for these; null when it names none.</summary>
    public static string? ImageOf(JsonElement cwl)
    {
        if (cwl.ValueKind != JsonValueKind.Object)
            return null;

        return ImageIn(cwl, "hints") ?? ImageIn(cwl, "requirements");
    }

    /// <summary>The document, in JSON, CWL v1.2.</summary>
    public JsonObject ToCwl() => new()
    {
        ["cwlVersion"] = "v1.2",
        ["class"] = "CommandLineTool",
        ["id"] = Id,
        ["label"] = "PlaybookBuilder session",
        ["doc"] = "Runs the steps of playbooks for the session that its configuration names, and ends with it.",
        ["baseCommand"] = new JsonArray([.. Options.Command.Select(static word => (JsonNode)word)]),
        ["inputs"] = new JsonArray(new JsonObject
        {
            ["id"] = "config",
            ["type"] = "string",
            ["inputBinding"] = new JsonObject { ["position"] = 1 },
        }),
        ["outputs"] = new JsonArray(),
        ["requirements"] = new JsonArray(
            new JsonObject { ["class"] = "ResourceRequirement", ["coresMin"] = Options.Cores, ["ramMin"] = Options.MemoryMebibytes },
            new JsonObject { ["class"] = "NetworkAccess", ["networkAccess"] = true }),
        ["hints"] = new JsonArray(new JsonObject { ["class"] = DockerRequirement, ["dockerPull"] = Options.Image }),
    };

    /// <summary>A run of it.</summary>
    /// <param name="config">What the worker is told. All members of the project can read it, so that nothing secret belongs there but what is of no use a second time.</param>
    /// <param name="mark">See <see cref="WesRunRequest.Mark"/>.</param>
    public WesRunRequest ToRunRequest(string config, string mark) => new()
    {
        Mark = mark,
        Parameters = JsonSerializer.SerializeToElement(new JsonObject { ["project"] = Project, ["inputs"] = new JsonObject { ["config"] = config } }),
        Workflow = JsonSerializer.SerializeToUtf8Bytes(ToCwl()),
    };

    private static string? ImageIn(JsonElement cwl, string field)
    {
        if (!cwl.TryGetProperty(field, out var list))
            return null;

        if (list.ValueKind == JsonValueKind.Object)
            return list.TryGetProperty(DockerRequirement, out var named) ? PullOf(named) : null;

        return list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(IsDocker).Select(PullOf).FirstOrDefault(static image => image is not null) : null;
    }

    private static bool IsDocker(JsonElement item) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("class", out var name) && name.ValueKind == JsonValueKind.String && name.ValueEquals(DockerRequirement);

    private static string? PullOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("dockerPull", out var image) && image.ValueKind == JsonValueKind.String ? image.GetString() : null;
}
