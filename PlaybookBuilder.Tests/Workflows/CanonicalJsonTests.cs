using System.Globalization;
using System.Text.Json;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Workflows;

public sealed class CanonicalJsonTests
{
    [Theory] // RFC 8785, appendix B.
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void FormatNumber_Vector_IsWrittenAsEcmaScriptDoes(string bits, string expected) =>
        Assert.Equal(expected, CanonicalJson.FormatNumber(BitConverter.Int64BitsToDouble(long.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("1e21", "1e+21")]
    [InlineData("1E+20", "100000000000000000000")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("1.0", "1")]
    [InlineData("1e-6", "0.000001")]
    [InlineData("1e-7", "1e-7")]
    [InlineData("123456789012345678901234", "1.2345678901234569e+23")]
    [InlineData("0.1", "0.1")]
    [InlineData("100", "100")]
    [InlineData("1e-400", "0")]
    public void Canonicalize_Number_HasOneText(string json, string expected) => Assert.Equal(expected, CanonicalJson.Canonicalize(json));

    [Fact]
    public void FormatNumber_AnyDouble_ReadsBackEqual()
    {
        var random = new Random(8785);
        for (var i = 0; i < 20_000; i++)
        {
            var number = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (!double.IsFinite(number)) continue;

            Assert.Equal(number, double.Parse(CanonicalJson.FormatNumber(number), CultureInfo.InvariantCulture));
        }
    }

    [Fact] // RFC 8785, section 3.2.2.
    public void Canonicalize_SampleOfTheRfc_IsAsPrinted() => Assert.Equal(
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
        CanonicalJson.Canonicalize("""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """));

    [Fact] // RFC 8785, section 3.2.3.
    public void Canonicalize_SortingSampleOfTheRfc_OrdersByUtf16Units()
    {
        var canonical = CanonicalJson.Canonicalize("""
            {
              "\u20ac": "Euro Sign",
              "\r": "Carriage Return",
              "\ufb33": "Hebrew Letter Dalet With Dagesh",
              "1": "One",
              "\ud83d\ude00": "Emoji: Grinning Face",
              "\u0080": "Control",
              "\u00f6": "Latin Small Letter O With Diaeresis"
            }
            """);

        using var document = JsonDocument.Parse(canonical);
        Assert.Equal(
            ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"],
            document.RootElement.EnumerateObject().Select(member => member.Value.GetString()));
        Assert.StartsWith("{\"\\r\":", canonical, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("[ ]", "[]")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("[[1 , 2], { \"b\" : null , \"a\" : {} }]", "[[1,2],{\"a\":{},\"b\":null}]")]
    [InlineData("\"\\u007f\\/\\u2028\"", "\"\u007f/\u2028\"")]
    [InlineData("\"\\b\\t\\n\\f\\r\\u001F\"", "\"\\b\\t\\n\\f\\r\\u001f\"")]
    public void Canonicalize_Value_IsShortest(string json, string expected) => Assert.Equal(expected, CanonicalJson.Canonicalize(json));

    [Theory]
    [InlineData("{\"a\":[\"\\ud800\"]}", "$.a")]
    [InlineData("\"\\udc00x\"", "$")]
    [InlineData("{\"\\ud83d\":1}", "$")]
    [InlineData("{\"a\":\"\\u0000\"}", "$.a")]
    [InlineData("{\"a\":{\"\\u0000\":1}}", "$.a")]
    [InlineData("{\"a\":1,\"a\":2}", "twice")]
    [InlineData("{\"a\":1e400}", "$.a")]
    [InlineData("[1,]", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("NaN", "not JSON")]
    public void Canonicalize_WithoutCanonicalForm_IsRefusedWithThePlace(string json, string expected)
    {
        var exception = Assert.Throws<WorkflowException>(() => CanonicalJson.Canonicalize(json));

        Assert.Equal(WorkflowProblem.Invalid, exception.Problem);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Canonicalize_TextWithHalfASurrogatePair_IsRefused() => Assert.Throws<WorkflowException>(() => CanonicalJson.Canonicalize("\"" + '\uD83D' + "\""));

    [Fact]
    public void Canonicalize_DeeplyNested_IsRefused() => Assert.Throws<WorkflowException>(() => CanonicalJson.Canonicalize(new string('[', 100_000)));

    [Fact]
    public void Canonicalize_Canonical_StaysAsItIs()
    {
        var random = new Random(42);
        for (var i = 0; i < 500; i++)
        {
            var canonical = CanonicalJson.Canonicalize(RandomJson(random, depth: 4));
            Assert.Equal(canonical, CanonicalJson.Canonicalize(canonical));
        }
    }

    private static string RandomJson(Random random, int depth) => random.Next(depth == 0 ? 4 : 6) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => (random.NextDouble() * Math.Pow(10, random.Next(-30, 30))).ToString("R", CultureInfo.InvariantCulture),
        3 => JsonSerializer.Serialize(RandomText(random)),
        4 => "[" + string.Join(" , ", Enumerable.Range(0, random.Next(4)).Select(_ => RandomJson(random, depth - 1))) + "]",
        _ => "{" + string.Join(" , ", Enumerable.Range(0, random.Next(4)).Select(i => $"{JsonSerializer.Serialize(RandomText(random) + i)} : {RandomJson(random, depth - 1)}")) + "}",
    };

    private static string RandomText(Random random) => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => random.Next(5) switch
    {
        0 => "\U0001F600",
        1 => "\"",
        2 => ((char)random.Next(1, 32)).ToString(),
        3 => ((char)random.Next(0x3B1, 0x3C9)).ToString(),
        _ => "a",
    }));
}
