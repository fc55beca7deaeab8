using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.CommandLine;

public sealed class CommandLineTests : IDisposable
{
    private const string Union = """
        {
          "data": {"s": {"type": "Set[Gene]", "value": {"description": "é", "set": ["ACE2", "TP53"]} } },
          "workflow": [
            {"id": "genes", "type": "Input[Set[Gene]]", "data": {"id": "s"} },
            {"id": "gmt", "type": "GenesetToGMT", "inputs": {"geneset": {"id": "genes"} } },
            {"id": "union", "type": "GMTUnion", "inputs": {"gmt": {"id": "gmt"} } }
          ]
        }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_Playbook_WritesItWithItsOutputs()
    {
        var run = await RunAsync("run", await WriteAsync("playbook.json", Union));

        Assert.Equal(0, run.ExitCode);
        var document = JsonNode.Parse(run.Output)!;
        var output = document["workflow"]![2]!["output"]!["id"]!.GetValue<string>();
        Assert.Equal(["ACE2", "TP53"], document["data"]![output]!["value"]!["set"]!.AsArray().Select(term => term!.GetValue<string>()));
        Assert.Contains("[3/3]", run.Errors);
        Assert.Contains("é", run.Output);
    }

    [Fact]
    public async Task Run_WithInputsAndOutput_AnswersPromptsAndFillsTheFolder()
    {
        await WriteAsync("set.json", """{"set": ["KLF4"]}""");

        var run = await RunAsync("run", await WriteAsync("playbook.json", Union), "--input", "genes=@set.json", "--output", "out");

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Empty(run.Output);
        Assert.Equal(["01-Input.Set.Gene.json", "02-GenesetToGMT.json", "03-GMTUnion.json", "playbook.json"], Directory.GetFiles(PathOf("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("KLF4", JsonNode.Parse(await ReadAsync("out/03-GMTUnion.json"))!["set"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Run_StepFails_EndsWithOneAndSaysWhich()
    {
        var run = await RunAsync("run", await WriteAsync("playbook.json", """{"workflow": [{"type": "Not here"}]}"""));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Step 1 (Not here) failed: ", run.Errors);
        Assert.Equal("Not here", JsonNode.Parse(run.Output)!["workflow"]![0]!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{", null, "is not JSON")]
    [InlineData("""{"workflow": [{"type": "GMTUnion"}]}""", null, "workflow[0].inputs.gmt: ")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]"}]}""", null, "answer with --input 1=value")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]"}]}""", "nothing=A", "names no step")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]"}]}""", "1= ", "--input 1.data: ")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]"}, {"type": "Input[Gene]"}]}""", "Input[Gene]=A", "1 or 2")]
    public async Task Run_BadUsage_EndsWithTwoAndOneLine(string document, string? input, string message)
    {
        var path = await WriteAsync("playbook.json", document);

        var run = await RunAsync(input is null ? ["run", path] : ["run", path, "--input", input]);

        AssertOneLine(run, message);
    }

    [Theory]
    [InlineData("There is no command 'rnu'", "rnu", "x")]
    [InlineData("'--bogus' is not understood", "serve", "--urls=http://127.0.0.1:0", "--bogus", "1")]
    [InlineData("'--UFS_STORGE=x' is not understood", "--UFS_STORGE=x")]
    [InlineData("There is no file 'missing.json'", "run", "missing.json")]
    [InlineData("'--outptu' is not understood", "run", "x.json", "--outptu", "y")]
    [InlineData("There is no component 'Nope'", "resolve", "Nope")]
    [InlineData("answer with --data", "resolve", "Input[Gene]")]
    [InlineData("takes no --data", "resolve", "GMTUnion", "--data", "x")]
    [InlineData("--inputs.gmt", "resolve", "GMTUnion")]
    [InlineData("it takes gmt", "resolve", "GMTUnion", "--inputs.other", "x")]
    [InlineData("lacks its value", "resolve", "GMTUnion", "--inputs.gmt")]
    [InlineData("is not understood", "resolve", "GMTUnion", "--input.gmt", "x")]
    [InlineData("not a list", "resolve", "GMTUnion", "--inputs.gmt={}", "--inputs.gmt={}")]
    [InlineData("--inputs.gmt: ", "resolve", "GMTUnion", "--inputs.gmt", "[1]")]
    [InlineData("given twice", "resolve", "GMTConcatenate", "--inputs.gmts.0={}", "--inputs.gmts.0={}")]
    [InlineData("There is no file", "resolve", "GMTUnion", "--inputs.gmt", "@missing.json")]
    public async Task Invoke_BadUsage_EndsWithTwoAndOneLine(string message, params string[] arguments) =>
        AssertOneLine(await RunAsync(arguments), message);

    [Theory]
    [InlineData("TP53", "TP53")]
    [InlineData("true", "true")]
    [InlineData("\"in quotes\"", "in quotes")]
    public async Task Resolve_Prompt_TakesTextAsItIs(string data, string value)
    {
        var run = await RunAsync("resolve", "Input[Gene]", "--data", data);

        Assert.Equal((0, value), (run.ExitCode, JsonNode.Parse(run.Output)!.GetValue<string>()));
    }

    [Fact]
    public async Task Resolve_Chain_GoesFromFilesToFiles()
    {
        await RunAsync("resolve", "Input[Set[Gene]]", "--data", """{"set": ["ACE2"]}""", "--output", "a.json");
        await RunAsync("resolve", "GenesetToGMT", "--inputs.geneset", "@a.json", "--output=a.gmt.json");
        await RunAsync("resolve", "GenesetToGMT", "--inputs.geneset", """{"set": ["TP53"], "description": "second"}""", "--output=b.gmt.json");

        var joined = await RunAsync("resolve", "GMTConcatenate", "--inputs.gmts.1", "@a.gmt.json", "--inputs.gmts.0=@b.gmt.json", "--output", "joined.json", "--environment", "Production");
        Assert.True(joined.ExitCode == 0, joined.Errors);
        var union = await RunAsync("resolve", "GMTUnion", "--inputs.gmt", "@joined.json");

        Assert.Equal(["ACE2", "TP53"], JsonNode.Parse(union.Output)!["set"]!.AsArray().Select(term => term!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Help_Root_NamesTheCommands()
    {
        var run = await RunAsync("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(["run", "resolve", "serve", "--urls"], name => Assert.Contains(name, run.Output));
    }

    [Fact]
    public async Task Run_Anything_LeavesNothingBehind()
    {
        await RunAsync("run", await WriteAsync("playbook.json", Union));

        Assert.Equal(["playbook.json"], Directory.GetFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    private static void AssertOneLine(ProgramRun run, string message)
    {
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors);
        Assert.Single(run.Errors.Trim().Split('\n'));
        Assert.Empty(run.Output);
    }

    private Task<ProgramRun> RunAsync(params string[] arguments) => ProgramRun.StartAsync(_folder.Path, arguments);

    private async Task<string> WriteAsync(string name, string content)
    {
        await File.WriteAllTextAsync(PathOf(name), content);
        return name;
    }

    private Task<string> ReadAsync(string name) => File.ReadAllTextAsync(PathOf(name));

    private string PathOf(string name) => Path.Combine(_folder.Path, name);
}
