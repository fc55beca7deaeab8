using System.Collections.Immutable;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Catalog;

public sealed class DataCodecTests
{
    public sealed record Inner(double Value, bool? Flag = null);

    public sealed record Outer(string Name, ImmutableArray<Inner> Items, IReadOnlyDictionary<string, Inner>? Named = null, long? Count = null);

    [Theory]
    [InlineData("""{"name":"n","items":[]}""")]
    [InlineData("""{"name":"é","items":[{"value":-0.5,"flag":true}],"named":{"a.b":{"value":1e-300}},"count":9007199254740991}""")]
    public void Decode_ValueThatFits_EncodesToTheSame(string json)
    {
        var value = DataCodec.Decode(typeof(Outer), json, "Thing");

        Assert.Equal(Datum.OfJson("Thing", json).Id, DataCodec.Encode("Thing", value).Id);
    }

    [Theory]
    [InlineData("null", "$: a value is needed, not null")]
    [InlineData("true", "$: expected an object, found true")]
    [InlineData("{}", "$: 'name' and 'items' are missing")]
    [InlineData("""{"name":"n"}""", "$: 'items' is missing")]
    [InlineData("""{"Name":"n","items":[]}""", "$: 'name' is missing")]
    [InlineData("""{"name":7,"items":[]}""", "$.name: expected text, found the number 7")]
    [InlineData("""{"name":"n","items":{}}""", "$.items: expected a list, found an object")]
    [InlineData("""{"name":"n","items":[{"value":1},{"value":"2"}]}""", "$.items[1].value: expected a number, found text")]
    [InlineData("""{"name":"n","items":[{"value":1,"flag":"yes"}]}""", "$.items[0].flag: expected true or false, found text")]
    [InlineData("""{"name":"n","items":[{}]}""", "$.items[0]: 'value' is missing")]
    [InlineData("""{"name":"n","items":[],"count":0.5}""", "$.count: expected a whole number, found the number 0.5")]
    [InlineData("""{"name":"n","items":[],"count":1e30}""", "$.count: expected a whole number, found the number 1e30")]
    [InlineData("""{"name":"n","items":[],"named":[]}""", "$.named: expected an object, found a list")]
    [InlineData("""{"name":"n","items":[],"named":{"a.b c":{"value":null}}}""", "$.named['a.b c'].value: expected a number, found null")]
    [InlineData("""{"name":"n","items":[],"named":{"it's":{"value":[]}}}""", "$.named['it's'].value: expected a number, found a list")]
    public void Decode_ValueThatDoesNotFit_SaysWhatAndWhere(string json, string problem)
    {
        var exception = Assert.Throws<WorkflowException>(() => DataCodec.Decode(typeof(Outer), json, "Thing"));

        Assert.Equal($"This does not fit Thing, at {problem}.", exception.Message);
        Assert.Equal(WorkflowProblem.Invalid, exception.Problem);
    }

    [Fact]
    public void SchemaOf_Record_NamesItsMembers()
    {
        var schema = DataCodec.SchemaOf(typeof(Outer));

        Assert.Equal("string", schema["properties"]!["name"]!["type"]!.GetValue<string>());
        Assert.Equal("array", schema["properties"]!["items"]!["type"]!.GetValue<string>());
    }
}
