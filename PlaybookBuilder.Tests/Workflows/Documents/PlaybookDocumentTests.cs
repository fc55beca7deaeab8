using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Inputs;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Workflows.Documents;

public class PlaybookDocumentTests
{
    private readonly MemoryPlaybookStore _store = new();
    private readonly PlaybookDocumentReader _reader;

    public PlaybookDocumentTests()
    {
        var catalog = new ComponentCatalog([], [new TermInput<Gene>(), new TermInput<Drug>(), new JoinTerms()]);
        _reader = new PlaybookDocumentReader(catalog, _store);
    }

    private const string JoinDocument = """
        {
          "data": {"d": {"type": "Term[Gene]", "value": "ACE2"}, "unused": {"type": "Anything", "value": null}},
          "workflow": [
            {"id": "first", "type": "Input[Gene]", "data": {"id": "d"}},
            {"id": "", "type": "Input[Gene]", "data": {"type": "Input[Gene]", "value": "TP53"}},
            {"id": "joined", "type": "JoinTerms", "inputs": {"terms:1": {"id": "first"}, "terms:0": {"id": ""}}}
          ],
          "metadata": {"id": "local", "title": "Ein Titel – ✓", "description": "", "summary": "manual", "gpt_summary": "x"}
        }
        """;

    [Fact]
    public async Task ReadAsync_AnyLabels_StepsInOrderWithTheirInputs()
    {
        var playbook = await ReadAsync(JoinDocument);

        Assert.Equal(["Input[Gene]", "Input[Gene]", "JoinTerms"], playbook.Steps.Select(step => step.Process.Type));
        Assert.Equal([1, 0], playbook.SourcesOf(2));
        Assert.Equal(new PlaybookMetadata("Ein Titel – ✓", "", "manual", "x"), playbook.Metadata);
    }

    [Fact]
    public async Task ReadAsync_TypeOfData_IsKeptAsALabel()
    {
        var playbook = await ReadAsync(JoinDocument);

        Assert.Equal(["Term[Gene]", "Input[Gene]"], playbook.Steps.Take(2).Select(step => step.Process.Data!.Type));
    }

    [Fact]
    public async Task Write_WhatWasRead_IsEqualApartFromLocalIds()
    {
        var exported = Write(await ReadAsync(JoinDocument));

        AssertSameDocument(JsonNode.Parse(JoinDocument)!, exported);
        var (used, present) = DocumentForms.DataIds(exported);
        Assert.Equal(used, present);
    }

    [Fact]
    public async Task Write_WhatWasRead_ReadsAsTheSamePlaybook()
    {
        var playbook = await ReadAsync(JoinDocument);

        Assert.Equal(playbook.Id, (await ReadAsync(Write(playbook).ToJsonString())).Id);
    }

    [Fact]
    public async Task Write_WithOutputs_NamesThemAmongTheData()
    {
        var playbook = await ReadAsync("""{"workflow": [{"type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": "ACE2"}}, {"type": "Input[Drug]"}]}""");

        var exported = Write(playbook, [Datum.OfJson("Term[Gene]", "\"ACE2\""), null]);

        var output = exported["workflow"]![0]!["output"]!["id"]!.GetValue<string>();
        Assert.Equal("ACE2", exported["data"]![output]!["value"]!.GetValue<string>());
        Assert.Null(exported["workflow"]![1]!["output"]);
    }

    [Fact]
    public async Task ReadAsync_WithOutputs_DropsThem()
    {
        const string forged = """{"data": {"o": {"type": "Term[Gene]", "value": "FORGED"}}, "workflow": [{"type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": "ACE2"}, "output": {"id": "o"}}]}""";

        var playbook = await ReadAsync(forged);

        Assert.Equal((await ReadAsync("""{"workflow": [{"type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": "ACE2"}}]}""")).Id, playbook.Id);
        Assert.DoesNotContain("FORGED", Write(playbook).ToJsonString());
    }

    [Fact]
    public async Task ReadAsync_UnknownTypes_AreKeptAndNothingAfterThemIsChecked()
    {
        const string document = """
            {"data": {"d": {"type": "Odd", "value": {"a": [1, 2.50, null], "é": "ü"}}},
             "workflow": [{"id": "1", "type": "Not Here [x, y]", "data": {"id": "d"}}, {"id": "2", "type": "JoinTerms", "inputs": {"terms:0": {"id": "1"}, "terms:1": {"id": "1"}}}]}
            """;

        var exported = Write(await ReadAsync(document));

        AssertSameDocument(JsonNode.Parse(document)!, exported);
    }

    [Fact]
    public async Task ReadAsync_EqualSteps_AreKeptAsSteps()
    {
        var playbook = await ReadAsync("""{"workflow": [{"id": "a", "type": "Input[Gene]"}, {"id": "b", "type": "Input[Gene]"}, {"id": "a"}]}""");

        Assert.Equal(3, playbook.Steps.Length);
        Assert.Single(playbook.Steps.Select(step => step.Process.Id).Distinct());
        Assert.Equal(playbook.Id, (await ReadAsync(Write(playbook).ToJsonString())).Id);
    }

    [Fact]
    public async Task ReadAsync_CellMetadata_IsKeptAndExported()
    {
        var playbook = await ReadAsync("""{"workflow": [{"type": "Input[Gene]", "cell_metadata": {"label": "My gene", "data_visible": false}}]}""");

        Assert.Equal(new CellMetadata("My gene", DataVisible: false), playbook.Head.Cell);
        Assert.Equal(playbook.Id, (await ReadAsync(Write(playbook).ToJsonString())).Id);
    }

    [Fact]
    public async Task ReadAsync_IdsOfWhatIsKept_MeanThat()
    {
        var kept = await ReadAsync(JoinDocument);
        await _store.SaveAsync(kept, TestContext.Current.CancellationToken);
        var ids = kept.Steps.Select(step => step.Process.Id).ToArray();

        var playbook = await ReadAsync($$"""
            {"workflow": [{"id": "{{ids[0]}}"}, {"id": "{{ids[1]}}"}, {"id": "{{ids[2]}}"}, {"type": "Input[Drug]", "data": {"id": "{{kept.Steps[0].Process.Data!.Id}}"} }],
             "metadata": {"id": "{{kept.Metadata!.ToId()}}"} }
            """);

        Assert.Equal(ids, playbook.Steps.Take(3).Select(step => step.Process.Id));
        Assert.Equal("\"ACE2\"", playbook.Head.Process.Data!.Value);
        Assert.Equal(kept.Metadata, playbook.Metadata);
    }

    [Fact]
    public async Task ReadAsync_ExistingProcessWithoutItsInputs_IsRefused()
    {
        var kept = await ReadAsync(JoinDocument);
        await _store.SaveAsync(kept, TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<WorkflowException>(() => ReadAsync($$"""{"workflow": [{"id": "{{kept.Head.Process.Id}}"}]}"""));

        Assert.Equal("workflow[0]", refusal.Path);
    }

    [Theory]
    [InlineData("[]", null)]
    [InlineData("\"x\"", null)]
    [InlineData("{}", "workflow")]
    [InlineData("""{"workflow": []}""", "workflow")]
    [InlineData("""{"workflow": {}}""", "workflow")]
    [InlineData("""{"workflow": [3]}""", "workflow[0]")]
    [InlineData("""{"workflow": [{}]}""", "workflow[0]")]
    [InlineData("""{"workflow": [{"type": 3}]}""", "workflow[0].type")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]", "id": 3}]}""", "workflow[0].id")]
    [InlineData("""{"workflow": [{"id": "no such"}]}""", "workflow[0].id")]
    [InlineData("""{"workflow": [{"id": "a", "type": "Input[Gene]"}, {"id": "a", "type": "Input[Drug]"}]}""", "workflow[1].id")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]", "data": "ACE2"}]}""", "workflow[0].data")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]", "data": {}}]}""", "workflow[0].data")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]", "data": {"id": "no such"}}]}""", "workflow[0].data.id")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]", "data": {"type": "Term[Gene]"}}]}""", "workflow[0].data.value")]
    [InlineData("""{"data": [], "workflow": [{"type": "Input[Gene]"}]}""", "data")]
    [InlineData("""{"data": {"d": 1}, "workflow": [{"type": "Input[Gene]", "data": {"id": "d"}}]}""", "data.d")]
    [InlineData("""{"data": {"d": {"value": 1}}, "workflow": [{"type": "Input[Gene]", "data": {"id": "d"}}]}""", "data.d.type")]
    [InlineData("""{"data": {"d": {"type": "X", "value": "\u0000"}}, "workflow": [{"type": "Input[Gene]", "data": {"id": "d"}}]}""", "data.d.value")]
    [InlineData("""{"data": {"d": {"type": "X", "value": "\ud800"}}, "workflow": [{"type": "Input[Gene]", "data": {"id": "d"}}]}""", "data.d.value")]
    [InlineData("""{"data": {"d": {"type": "X", "value": {"a": 1, "a": 2}}}, "workflow": [{"type": "Unknown", "data": {"id": "d"}}]}""", "data.d.value")]
    [InlineData("""{"workflow": [{"type": "\ud800"}]}""", "workflow[0].type")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": 7}}]}""", "workflow[0].data")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": " "}}]}""", "workflow[0].data")]
    [InlineData("""{"workflow": [{"type": "JoinTerms", "inputs": []}]}""", "workflow[0].inputs")]
    [InlineData("""{"workflow": [{"type": "JoinTerms", "inputs": {"terms:0": "a"}}]}""", "workflow[0].inputs.terms:0")]
    [InlineData("""{"workflow": [{"type": "JoinTerms", "inputs": {"terms:0": {}}}]}""", "workflow[0].inputs.terms:0")]
    [InlineData("""{"workflow": [{"id": "a", "type": "JoinTerms", "inputs": {"terms:0": {"id": "a"}}}]}""", "workflow[0].inputs.terms:0")]
    [InlineData("""{"workflow": [{"type": "JoinTerms", "inputs": {"terms:0": {"id": "later"}}}, {"id": "later", "type": "Input[Gene]"}]}""", "workflow[0].inputs.terms:0")]
    [InlineData("""{"workflow": [{"id": "a", "type": "Input[Gene]"}, {"type": "JoinTerms", "inputs": {"terms:1": {"id": "a"}, "terms:01": {"id": "a"}}}]}""", "workflow[1].inputs.terms:01")]
    [InlineData("""{"workflow": [{"id": "a", "type": "Input[Gene]"}, {"type": "JoinTerms", "inputs": {"other": {"id": "a"}}}]}""", "workflow[1].inputs.other")]
    [InlineData("""{"workflow": [{"id": "a", "type": "Input[Gene]"}, {"type": "JoinTerms", "inputs": {"terms": {"id": "a"}}}]}""", "workflow[1].inputs.terms")]
    [InlineData("""{"workflow": [{"id": "a", "type": "Input[Drug]"}, {"type": "JoinTerms", "inputs": {"terms:0": {"id": "a"}}}]}""", "workflow[1].inputs.terms:0")]
    [InlineData("""{"workflow": [{"type": "JoinTerms"}]}""", "workflow[0].inputs.terms")]
    [InlineData("""{"workflow": [{"id": "a", "type": "Input[Gene]"}, {"type": "JoinTerms", "data": {"type": "x", "value": 1}, "inputs": {"terms:0": {"id": "a"}}}]}""", "workflow[1].data")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]"}], "metadata": 3}""", "metadata")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]"}], "metadata": {"title": 3}}""", "metadata.title")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]"}], "metadata": {"summary": "loud"}}""", "metadata.summary")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]"}], "metadata": {"id": "no such"}}""", "metadata.id")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]", "cell_metadata": {"data_visible": "yes"}}]}""", "workflow[0].cell_metadata.data_visible")]
    public async Task ReadAsync_NotADocument_IsRefusedWithThePath(string document, string? path)
    {
        var refusal = await Assert.ThrowsAsync<WorkflowException>(() => ReadAsync(document));

        Assert.Equal(WorkflowProblem.Invalid, refusal.Problem);
        Assert.Equal(path, refusal.Path);
    }

    [Theory]
    [InlineData("""{"workflow": [{"type": "Input[Gene]"}], "version": 3}""")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]", "colour": "red"}], "data": null, "metadata": null}""")]
    public async Task ReadAsync_MembersThatNobodyAsksFor_DoNotMatter(string document) =>
        Assert.Single((await ReadAsync(document)).Steps);

    [Fact]
    public async Task ReadAsync_LongestPlaybook_IsReadInTimeThatGrowsWithItsLength()
    {
        var steps = string.Join(",", Enumerable.Range(0, PlaybookDocumentReader.MostSteps).Select(i => $$"""{"id":"{{i}}","type":"Unknown","data":{"type":"n","value":{{i}} } }"""));

        Assert.Equal(PlaybookDocumentReader.MostSteps, (await ReadAsync($$"""{"workflow":[{{steps}}]}""")).Steps.Length);
        var refusal = await Assert.ThrowsAsync<WorkflowException>(() => ReadAsync($$"""{"workflow":[{{steps}},{"type":"Unknown"}]}"""));
        Assert.Equal("workflow", refusal.Path);
    }

    [Fact]
    public async Task ReadProcessAsync_TypeOrId_IsTheProcess()
    {
        var kept = await ReadAsync(JoinDocument);
        await _store.SaveAsync(kept, TestContext.Current.CancellationToken);

        Assert.Equal(kept.Head.Process.Id, (await ReadProcessAsync($$"""{"id": "{{kept.Head.Process.Id}}"}""")).Id);
        var described = await ReadProcessAsync($$"""{"type": "JoinTerms", "inputs": {"terms:0": {"id": "{{kept.Steps[1].Process.Id}}"}, "terms:1": {"id": "{{kept.Steps[0].Process.Id}}"} } }""");
        Assert.Equal(kept.Head.Process.Id, described.Id);
    }

    [Theory]
    [InlineData("7", null)]
    [InlineData("{}", null)]
    [InlineData("""{"id": "x"}""", "id")]
    [InlineData("""{"type": "JoinTerms", "inputs": {"terms:0": {"id": "x"}}}""", "inputs.terms:0")]
    public async Task ReadProcessAsync_NotAProcess_IsRefusedWithThePath(string process, string? path) =>
        Assert.Equal(path, (await Assert.ThrowsAsync<WorkflowException>(() => ReadProcessAsync(process))).Path);

    [Fact]
    public async Task Write_PublishedPlaybooks_AreEqualApartFromLocalIds()
    {
        var documents = PublishedPlaybooks.Read();
        Assert.Equal(13, documents.Count);

        foreach (var document in documents)
        {
            var exported = Write(await ReadAsync(document.ToJsonString()));
            AssertSameDocument(document, exported);
            var (used, present) = DocumentForms.DataIds(exported);
            Assert.Equal(used, present);
        }
    }

    private async Task<Playbook> ReadAsync(string document)
    {
        using var parsed = JsonDocument.Parse(document);
        return await _reader.ReadAsync(parsed.RootElement, TestContext.Current.CancellationToken);
    }

    private async Task<Process> ReadProcessAsync(string process)
    {
        using var parsed = JsonDocument.Parse(process);
        return await _reader.ReadProcessAsync(parsed.RootElement, TestContext.Current.CancellationToken);
    }

    private static JsonNode Write(Playbook playbook, Datum?[]? outputs = null)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, PlaybookJson.WriterOptions)) PlaybookDocumentWriter.Write(writer, playbook, outputs);
        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!;
    }

    private static void AssertSameDocument(JsonNode expected, JsonNode actual)
    {
        var (left, right) = (DocumentForms.WithoutLocalIds(expected), DocumentForms.WithoutLocalIds(actual));
        Assert.True(JsonNode.DeepEquals(left, right), $"Expected {left.ToJsonString()}\nbut got {right.ToJsonString()}");
    }

    private sealed class JoinTerms : Resolver<JoinTerms.Inputs, Term<Gene>>
    {
        public sealed record Inputs(IReadOnlyList<Term<Gene>> Terms);

        public override Description Description { get; } = new("JoinTerms", "Join", "Joins names");

        protected override Task<Term<Gene>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken) =>
            Task.FromResult(new Term<Gene>(string.Join(' ', inputs.Terms)));

        protected override Story Tell(Inputs? inputs, Term<Gene>? output) => Story.Untold;
    }
}
