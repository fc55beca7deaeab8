using System.Text.Json;
using System.Text.Json.Nodes;

namespace PlaybookBuilder.Benchmarks.Documents;

/// <summary>Documents as clients send them to <c>POST /api/db/fpl</c>.</summary>
internal static class PlaybookDocuments
{
    private const int GenesASet = 5;

    /// <summary>A gene set, taken as a library, united again: three steps, all of them local, and none like another number's.</summary>
    public static byte[] ThreeSteps(int number) => Chain(number, 3);

    /// <summary>What stands in every result of the playbooks with this number.</summary>
    public static string FirstGene(int number) => Gene(number, 0);

    /// <summary>Steps that each stand on the one before: a gene set, then in turn a library of it and the union of that.</summary>
    public static byte[] Chain(int number, int length)
    {
        var workflow = new JsonArray { Prompt("s0", "Input[Set[Gene]]", "d0") };
        for (var step = 1; step < length; step++)
            workflow.Add(step % 2 == 1 ? Step(step, "GenesetToGMT", "geneset") : Step(step, "GMTUnion", "gmt"));

        return Write(("d0", "Input[Set[Gene]]", GeneSet(number)), workflow);
    }

    /// <summary>Answered prompts that stand on nothing, none like another.</summary>
    public static byte[] Prompts(int number, int count)
    {
        var data = new JsonObject();
        var workflow = new JsonArray();
        for (var prompt = 0; prompt < count; prompt++)
        {
            data[$"d{prompt}"] = Datum("Input[Set[Gene]]", GeneSet(number + prompt));
            workflow.Add(Prompt($"s{prompt}", "Input[Set[Gene]]", $"d{prompt}"));
        }

        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["data"] = data, ["workflow"] = workflow });
    }

    /// <summary>From an uploaded count matrix over the labels of its samples to their first two principal components.</summary>
    public static byte[] LabelledPca(JsonNode file, IReadOnlyDictionary<string, string> labels)
    {
        var label = Step(1, "LabelGeneCountMatrix", "matrix");
        label["data"] = new JsonObject { ["id"] = "labels" };
        var table = new JsonObject { ["Type: Control or Perturbation"] = JsonSerializer.SerializeToNode(labels) };
        var document = new JsonObject
        {
            ["data"] = new JsonObject { ["file"] = Datum("GeneCountMatrixFileUpload", file), ["labels"] = Datum("LabelGeneCountMatrix", table) },
            ["workflow"] = new JsonArray { Prompt("s0", "GeneCountMatrixFileUpload", "file"), label, Step(2, "PCAGraphWithMetadata2D", "anndata") },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document);
    }

    private static byte[] Write((string Id, string Type, JsonNode Value) data, JsonArray workflow) => JsonSerializer.SerializeToUtf8Bytes(new JsonObject
    {
        ["data"] = new JsonObject { [data.Id] = Datum(data.Type, data.Value) },
        ["workflow"] = workflow,
    });

    private static JsonObject GeneSet(int number) => new()
    {
        ["description"] = $"Set {number}",
        ["set"] = new JsonArray([.. Enumerable.Range(0, GenesASet).Select(gene => JsonValue.Create(Gene(number, gene)))]),
    };

    private static string Gene(int number, int gene) => $"GENE{number}X{gene}";

    private static JsonObject Datum(string type, JsonNode value) => new() { ["type"] = type, ["value"] = value };

    private static JsonObject Prompt(string id, string type, string data) => new() { ["id"] = id, ["type"] = type, ["data"] = new JsonObject { ["id"] = data } };

    private static JsonObject Step(int number, string type, string argument) => new()
    {
        ["id"] = $"s{number}",
        ["type"] = type,
        ["inputs"] = new JsonObject { [argument] = new JsonObject { ["id"] = $"s{number - 1}" } },
    };
}
