using PlaybookBuilder.Web.Components.Prompts;

namespace PlaybookBuilder.Tests.Components.Prompts;

public sealed class ItemListTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("A", new[] { "A" })]
    [InlineData("A\r\nB\tC,D, E", new[] { "A", "B", "C", "D", "E" })]
    [InlineData("1,2-dichloroethane, water", new[] { "1,2-dichloroethane", "water" })]
    [InlineData("\"Diabetes, type 2\"\nAsthma", new[] { "Diabetes, type 2", "Asthma" })]
    [InlineData("5\" probe\n3\" probe", new[] { "5\" probe", "3\" probe" })]
    [InlineData("\"unclosed, one\nB", new[] { "\"unclosed", "one", "B" })]
    [InlineData(" ,, \t\n", new string[0])]
    public void Parse_Text_GivesItems(string text, string[] expected) => Assert.Equal(expected, ItemList.Parse(text));

    [Theory]
    [InlineData("TP53")]
    [InlineData("Diabetes, type 2")]
    [InlineData("1,2-dichloroethane")]
    [InlineData("5\" probe")]
    [InlineData("größe α")]
    public void Format_Item_IsReadBackTheSame(string item) => Assert.Equal([item, "next"], ItemList.Parse(ItemList.Format([item, "next"])));
}
