using System.Xml.Linq;
using Bunit;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Catalog;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Tests.Components.Catalog;

public sealed class CatalogPagesTests : PageTestContext
{
    [Fact]
    public void Cards_OfEveryComponent_AreWellFormedAndSayWhatTheyTake()
    {
        Assert.All(Catalog.ProcessTypes, type =>
        {
            var card = XElement.Parse($"<div>{ComponentCard.Body(type).Value}</div>");
            Assert.Equal(type.Description.Label, card.Element("strong")!.Value);
            Assert.Contains(type.Output.Description.Label, card.Element("span")!.Attribute("aria-label")!.Value);
        });
    }

    [Fact]
    public void Looks_OfEveryDataType_AreKnown()
    {
        var known = Catalog.DataTypes.Where(type => TypeLook.Of(type).Hue != TypeLook.OtherHue).Select(type => type.Spec).ToArray();
        var unknown = Catalog.DataTypes.Select(type => type.Spec).Except(known).Except(["Error"]);

        Assert.Empty(unknown);
    }

    [Fact]
    public void Components_SearchedFor_NarrowsTheList()
    {
        var page = Render<ComponentsPage>();
        var before = page.FindAll(".rows li").Count;

        page.Find("input[type=search]").Input("æøåæøå");

        Assert.NotEqual(0, before);
        Assert.Empty(page.FindAll(".rows li"));
    }

    [Fact]
    public void Component_Prompt_TellsWhatItGives()
    {
        var page = Render<ComponentPage>(parameters => parameters.Add(page => page.Spec, GeneSetInput));

        Assert.Contains("Gene Set", page.Find("dl").TextContent);
        Assert.NotNull(page.Find("button.primary"));
    }

    [Fact]
    public void Component_Unknown_SaysSo()
    {
        var page = Render<ComponentPage>(parameters => parameters.Add(page => page.Spec, "Nothing[Here]"));

        Assert.Contains("no such component", page.Find("h1").TextContent);
    }
}
