using System.Text;
using System.Text.Json;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Tests.Tables;

public sealed class TableWriterTests
{
    private static readonly double[] Scores = [1.5, double.NaN, double.NegativeInfinity];
    private static readonly string[] Names = ["a,b", "say \"ö\"", "two\nlines\there"];
    private static readonly TableContent Content = new(3, [new TableColumn("Na,me", row => Names[row]), TableColumn.OfNumbers("Score", row => Scores[row])]);

    [Fact]
    public async Task WriteCsvAsync_SpecialCharacters_QuotesThem() =>
        Assert.Equal("\"Na,me\",Score\r\n\"a,b\",1.5\r\n\"say \"\"ö\"\"\",nan\r\n\"two\nlines\there\",-inf\r\n", await CsvAsync(TableQuery.Everything));

    [Fact]
    public async Task WriteCsvAsync_Query_WritesWhatIsShown() =>
        Assert.Equal("\"Na,me\"\r\n\"say \"\"ö\"\"\"\r\n", await CsvAsync(new TableQuery { Filter = "say", Hidden = [1] }));

    [Fact]
    public async Task WriteTsvAsync_TabsAndLineBreaks_BecomeBlanks()
    {
        using var writer = new StringWriter();
        await TableWriter.WriteTsvAsync(Content, TableQuery.Everything, writer, TestContext.Current.CancellationToken);

        Assert.Equal("Na,me\tScore\na,b\t1.5\nsay \"ö\"\tnan\ntwo lines here\t-inf\n", writer.ToString());
    }

    [Fact]
    public async Task WriteJsonAsync_NumbersThatJsonLacks_AreTexts()
    {
        using var document = JsonDocument.Parse(await JsonAsync(Content));

        Assert.Equal(1.5, document.RootElement[0].GetProperty("Score").GetDouble());
        Assert.Equal("nan", document.RootElement[1].GetProperty("Score").GetString());
        Assert.Equal("say \"ö\"", document.RootElement[1].GetProperty("Na,me").GetString());
    }

    [Fact]
    public async Task WriteJsonAsync_OneColumn_IsAListOfItsValues()
    {
        using var document = JsonDocument.Parse(await JsonAsync(TableContent.OfList("Gene", ["TP53", "ACE2"])));

        Assert.Equal(["TP53", "ACE2"], document.RootElement.EnumerateArray().Select(item => item.GetString()));
    }

    [Fact]
    public async Task WriteJsonAsync_ManyRows_WritesThemAll()
    {
        using var document = JsonDocument.Parse(await JsonAsync(TableContent.OfList("Gene", [.. Enumerable.Range(0, 100_000).Select(i => $"G{i}")])));

        Assert.Equal(100_000, document.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1234567, "1,234,567")]
    [InlineData(-9.343111, "−9.343")]
    [InlineData(0.0512345, "0.05123")]
    [InlineData(1.23456e-12, "1.235e-12")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Shorten_Number_IsReadable(double value, string expected) => Assert.Equal(expected, TableColumn.Shorten(value));

    private static async Task<string> CsvAsync(TableQuery query)
    {
        using var writer = new StringWriter();
        await TableWriter.WriteCsvAsync(Content, query, writer, TestContext.Current.CancellationToken);
        return writer.ToString();
    }

    private static async Task<string> JsonAsync(TableContent content)
    {
        using var stream = new MemoryStream();
        await TableWriter.WriteJsonAsync(content, TableQuery.Everything, stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
