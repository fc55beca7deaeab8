using System.Net;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api;

public class ComponentsApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    private static readonly string Join = Uri.EscapeDataString(TestComponents.Join);

    [Fact]
    public async Task GetAll_Components_AreDataThenProcesses()
    {
        var components = (await server.GetAsync("/api/components"))!.AsArray();

        Assert.Equal(["Term[Drug]", "Term[Gene]", "Fail", "Hold", "Input[Drug]", "Input[Gene]", TestComponents.Join], Ids(components));
        Assert.Equal(["Data", "Data", "Resolver", "Resolver", "Prompt", "Prompt", "Resolver"], components.Select(component => component!["type"]!.GetValue<string>()));
        Assert.Equal(1, components[1]!["meta"]!["tags"]!["Cardinality"]!["Term"]!.GetValue<int>());
    }

    [Fact]
    public async Task Get_ProcessType_TellsInputsOutputAndStory()
    {
        var component = (await server.GetAsync($"/api/components/{Join}"))!;

        Assert.Equal("""{"terms":[{"id":"Term[Gene]"}],"last":{"id":"Term[Drug]"}}""", component["inputs"]!.ToJsonString());
        Assert.Equal("Term[Gene]", component["output"]!["id"]!.GetValue<string>());
        Assert.Equal(@"Names were joined \ref{doi:10.1000/182}, \ref{A page}, see \figref{last}.", component["story"]!["abstract"]!.GetValue<string>());
        Assert.False(component.AsObject().ContainsKey("data"));
    }

    [Fact]
    public async Task Get_Prompt_TellsTheSchemaOfItsAnswer() =>
        Assert.Equal("string", (await server.GetAsync("/api/components/Input%5BGene%5D"))!["data"]!["type"]!.GetValue<string>());

    [Fact]
    public async Task Get_DataType_TellsSchemaAndExample()
    {
        var component = (await server.GetAsync("/api/components/Term[Gene]"))!;

        Assert.Equal("data", component["kind"]!.GetValue<string>());
        Assert.Equal("string", component["schema"]!["type"]!.GetValue<string>());
        Assert.Equal("ACE2", component["example"]!.GetValue<string>());
    }

    [Fact]
    public async Task NextAndPrevious_DataAndProcessTypes_AreWhatFits()
    {
        Assert.Equal(["Fail", "Hold", TestComponents.Join], Ids(await server.GetAsync("/api/components/Term%5BGene%5D/next")));
        Assert.Equal(["Fail", "Hold", TestComponents.Join], Ids(await server.GetAsync("/api/components/Fail/next")));
        Assert.Equal(["Fail", "Hold", "Input[Gene]", TestComponents.Join], Ids(await server.GetAsync("/api/components/Term%5BGene%5D/prev")));
        Assert.Equal(["Fail", "Hold", "Input[Drug]", "Input[Gene]", TestComponents.Join], Ids(await server.GetAsync($"/api/components/{Join}/prev")));
        Assert.Empty(Ids(await server.GetAsync("/api/components/Input%5BGene%5D/prev")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/next")]
    [InlineData("/prev")]
    public async Task Get_UnknownSpec_IsNotFound(string path)
    {
        using var response = await server.Client.GetAsync($"/api/components/No%20such,%20%5Bx%5D{path}", TestContext.Current.CancellationToken);

        Assert.Contains("No such, [x]", (await Problems.ReadAsync(response, HttpStatusCode.NotFound))["detail"]!.GetValue<string>());
    }

    private static IEnumerable<string> Ids(JsonNode? components) => components!.AsArray().Select(component => component!["id"]!.GetValue<string>());
}
