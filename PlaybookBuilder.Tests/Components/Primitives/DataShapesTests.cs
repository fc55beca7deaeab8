using PlaybookBuilder.Core.Components.Filters;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Components.Primitives;

public sealed class DataShapesTests
{
    [Theory]
    [InlineData("Term[Gene]", "\"ACE2\"")]
    [InlineData("Term[Drug]", "\"β-œstradiol 🧬\"")]
    [InlineData("Set[Gene]", """{"set":[]}""")]
    [InlineData("Set[Gene]", """{"description":"","set":["A","A"]}""")]
    [InlineData("Ranked[Tissue]", """{"description":"tissues","ranked":["Hirn","脳"]}""")]
    [InlineData("Scored[Gene]", "[]")]
    [InlineData("Scored[Gene]", """[{"term":"A","zscore":1.5},{"term":"B","zscore":"nan"},{"term":"C","zscore":"inf"},{"term":"D","zscore":"-inf"},{"term":"A","zscore":-2e-300}]""")]
    [InlineData("GMT", "{}")]
    [InlineData("GMT", """{"a":{"set":["A","B"]},"b c":{"description":"d","set":[]}}""")]
    [InlineData("DMT", """{"":{"set":["imatinib"]}}""")]
    [InlineData("PlotlyPlot", """{"data":[{"type":"bar","x":[1]}],"frames":[],"layout":{"title":"t"}}""")]
    public void Decode_ValueThatFits_EncodesToTheSame(string spec, string json)
    {
        var type = TestCatalog.Instance.FindDataType(spec)!;

        var encoded = type.Encode(type.Decode(Datum.OfJson(spec, json)));

        Assert.Equal(Datum.OfJson(spec, json).Value, encoded.Value);
        Assert.Equal(spec, encoded.Type);
    }

    [Theory]
    [InlineData("Term[Gene]", "5", "This does not fit Gene, at $: expected text, found the number 5.")]
    [InlineData("Term[Gene]", "null", "This does not fit Gene, at $: a value is needed, not null.")]
    [InlineData("Term[Gene]", "\"  \"", "This does not fit Gene, at $: the text is empty.")]
    [InlineData("Term[Gene]", "{}", "This does not fit Gene, at $: expected text, found an object.")]
    [InlineData("Set[Gene]", "[]", "This does not fit Gene Set, at $: expected an object, found a list.")]
    [InlineData("Set[Gene]", "{}", "This does not fit Gene Set, at $: 'set' is missing.")]
    [InlineData("Set[Gene]", """{"set":null}""", "This does not fit Gene Set, at $.set: expected a list, found null.")]
    [InlineData("Set[Gene]", """{"set":["A",null]}""", "This does not fit Gene Set, at $.set[1]: expected text, found null.")]
    [InlineData("Set[Gene]", """{"set":["A","B",3]}""", "This does not fit Gene Set, at $.set[2]: expected text, found the number 3.")]
    [InlineData("Set[Gene]", """{"set":[],"description":[]}""", "This does not fit Gene Set, at $.description: expected text, found a list.")]
    [InlineData("Ranked[Gene]", """{"ranked":"A"}""", "This does not fit Ranked Genes, at $.ranked: expected a list, found text.")]
    [InlineData("Ranked[Gene]", """{"ranked":[null]}""", "This does not fit Ranked Genes, at $.ranked[0]: expected text, found null.")]
    [InlineData("Scored[Gene]", """{"A":1}""", "This does not fit Scored Genes, at $: expected a list, found an object.")]
    [InlineData("Scored[Gene]", """[{"term":"A","zscore":1},null]""", "This does not fit Scored Genes, at $[1]: expected a term and its z-score, found null.")]
    [InlineData("Scored[Gene]", """[{"term":"A","zscore":1},{"term":"B"}]""", "This does not fit Scored Genes, at $[1]: 'zscore' is missing.")]
    [InlineData("Scored[Gene]", """[{}]""", "This does not fit Scored Genes, at $[0]: 'term' and 'zscore' are missing.")]
    [InlineData("Scored[Gene]", """[{"term":null,"zscore":1}]""", "This does not fit Scored Genes, at $[0].term: expected text, found null.")]
    [InlineData("Scored[Gene]", """[{"term":"A","zscore":"high"}]""", "This does not fit Scored Genes, at $[0].zscore: expected a number, or one of the texts nan, inf and -inf, found 'high'.")]
    [InlineData("Scored[Gene]", """[{"term":"A","zscore":null}]""", "This does not fit Scored Genes, at $[0].zscore: expected a number, or one of the texts nan, inf and -inf, found null.")]
    [InlineData("GMT", """{"a":null}""", "This does not fit Gene Matrix Transpose, at $.a: expected a set, found null.")]
    [InlineData("GMT", """{"a":{"set":["A",null]}}""", "This does not fit Gene Matrix Transpose, at $.a.set[1]: expected text, found null.")]
    [InlineData("GMT", """{"a b":{"set":[null]}}""", "This does not fit Gene Matrix Transpose, at $['a b'].set[0]: expected text, found null.")]
    [InlineData("GMT", """{"a b":{"set":[1]}}""", "This does not fit Gene Matrix Transpose, at $['a b'].set[0]: expected text, found the number 1.")]
    [InlineData("GMT", "[]", "This does not fit Gene Matrix Transpose, at $: expected an object, found a list.")]
    [InlineData("DMT", """{"a":{}}""", "This does not fit Drug Matrix Transpose, at $.a: 'set' is missing.")]
    [InlineData("PlotlyPlot", """{"data":{},"layout":{}}""", "This does not fit Plotly Plot, at $.data: expected a list of traces.")]
    [InlineData("PlotlyPlot", """{"data":[],"layout":1}""", "This does not fit Plotly Plot, at $.layout: expected an object.")]
    [InlineData("PlotlyPlot", """{"data":[],"frames":"x","layout":{}}""", "This does not fit Plotly Plot, at $.frames: expected a list of frames.")]
    [InlineData("PlotlyPlot", """{"layout":{}}""", "This does not fit Plotly Plot, at $: 'data' is missing.")]
    [InlineData("FileURL", """{"url":"drs://h/1"}""", "This does not fit File URL, at $: 'filename' is missing.")]
    [InlineData("FileURL", """{"url":"drs://h/1","filename":"a","size":"big"}""", "This does not fit File URL, at $.size: expected a whole number, found text.")]
    [InlineData("FileURL", """{"url":"drs://h/1","filename":"a","size":1.5}""", "This does not fit File URL, at $.size: expected a whole number, found the number 1.5.")]
    [InlineData("FileURL", """{"url":"here","filename":"a"}""", "This does not fit File URL, at $.url: 'here' is not an address.")]
    [InlineData("FileURL", """{"url":null,"filename":"a"}""", "This does not fit File URL, at $.url: expected text, found null.")]
    public void Decode_ValueThatDoesNotFit_SaysWhatAndWhere(string spec, string json, string message)
    {
        var type = TestCatalog.Instance.FindDataType(spec)!;

        var exception = Assert.Throws<WorkflowException>(() => type.Decode(Datum.OfJson(spec, json)));

        Assert.Equal(message, exception.Message);
    }

    [Theory]
    [InlineData("TopKScoredT[Scored[Gene]]", """{"k":"ten"}""", "This does not fit Top Scored Genes, at $.k: expected a whole number, found text.")]
    [InlineData("TopKScoredT[Scored[Gene]]", """{"k":2.5}""", "This does not fit Top Scored Genes, at $.k: expected a whole number, found the number 2.5.")]
    [InlineData("TopKScoredT[Scored[Gene]]", "{}", "This does not fit Top Scored Genes, at $: 'k' is missing.")]
    [InlineData("OneSetT[Set[Gene]]", """["A"]""", "This does not fit Select One Gene, at $: expected text, found a list.")]
    [InlineData("SomeSetT[Set[Gene]]", """{"A B":"yes"}""", "This does not fit Select Some Genes, at $['A B']: expected true or false, found text.")]
    [InlineData("SomeSetT[Set[Gene]]", """["A"]""", "This does not fit Select Some Genes, at $: expected an object, found a list.")]
    [InlineData("GenesetsToGMT", """{"terms":{"0":null},"descriptions":{}}""", "This does not fit Assemble GMT from Gene Sets, at $.terms.0: expected text, found null.")]
    [InlineData("GenesetsToGMT", """{"terms":["A"],"descriptions":{}}""", "This does not fit Assemble GMT from Gene Sets, at $.terms: expected an object, found a list.")]
    public void DecodeAnswer_AnswerThatDoesNotFit_SaysWhatAndWhere(string spec, string json, string message)
    {
        var type = TestCatalog.Instance.GetProcessType(spec);

        var exception = Assert.Throws<WorkflowException>(() => type.DecodeAnswer(Datum.OfJson(spec, json)));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void Decode_UnknownMembers_AreIgnoredInTheRecordAndKeptInTheDatum()
    {
        var type = TestCatalog.Instance.FindDataType("Set[Gene]")!;
        var datum = Datum.OfJson("Set[Gene]", """{"set":["A"],"source":"somewhere"}""");

        type.Decode(datum);

        Assert.Contains("somewhere", datum.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_AnswerOfRemovedTerms_ReadsFreeKeys()
    {
        var answer = (RemovedTerms)TestCatalog.Instance.GetProcessType("SomeSetT[Set[Gene]]").DecodeAnswer(Datum.OfJson("x", """{"A":true,"é":false}"""))!;

        Assert.True(answer.Terms["A"]);
        Assert.False(answer.Terms["é"]);
    }
}
