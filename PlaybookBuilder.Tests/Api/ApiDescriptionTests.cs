using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Api.OpenApi;

namespace PlaybookBuilder.Tests.Api;

public partial class ApiDescriptionTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Describe_EveryOperation_HasASummaryAnswersAndProblems()
    {
        var operations = Operations(await DescriptionAsync()).Where(operation => operation.Path.StartsWith("/api/db/", StringComparison.Ordinal) || operation.Path.StartsWith("/api/components", StringComparison.Ordinal)
            || operation.Path.StartsWith("/api/suggest", StringComparison.Ordinal) || operation.Path.StartsWith("/api/v1/public/", StringComparison.Ordinal) || operation.Path.StartsWith("/api/v1/user/playbooks", StringComparison.Ordinal)).ToArray();

        Assert.Equal(39, operations.Length);
        foreach (var (path, method, operation) in operations)
        {
            Assert.False(string.IsNullOrEmpty(operation["summary"]?.GetValue<string>()), path);
            Assert.NotNull(operation["responses"]!["200"]!["content"]);
            // A playbook may name a file that is not here.
            Assert.Equal(path.Contains('{', StringComparison.Ordinal) || (path, method) == ("/api/db/fpl", "post"), operation["responses"]!["404"] is not null);
            Assert.True(method is "get" or "post", path);
        }
    }

    [Fact]
    public async Task Describe_References_AreAllThere()
    {
        var description = await DescriptionAsync();
        var schemas = description["components"]!["schemas"]!.AsObject();

        var references = SchemaReference.Matches(description.ToJsonString()).Select(match => match.Groups[1].Value).Distinct();

        Assert.All(references, name => Assert.True(schemas.ContainsKey(name), name));
    }

    [Fact]
    public async Task Describe_DataTypes_HaveTheirSchemas()
    {
        var schemas = (await DescriptionAsync())["components"]!["schemas"]!;

        Assert.Equal("Term[Gene]", schemas["data.Term.Gene"]!["title"]!.GetValue<string>());
        Assert.Equal("string", schemas["data.Term.Gene"]!["type"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("Set[Gene]", "data.Set.Gene")]
    [InlineData("LINCS [Drug, Down]", "data.LINCS.Drug.Down")]
    public void NameOf_Spec_HasOnlyWhatNamesMayHold(string spec, string name) => Assert.Equal(name, ApiSchemas.NameOf(spec));

    [Fact]
    public async Task Page_Scripts_ComeFromHere()
    {
        using var response = await server.Client.GetAsync(ApiPage.Path + "/", TestContext.Current.CancellationToken);
        var html = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var sources = ScriptSource.Matches(html).Select(match => match.Groups[1].Value).ToArray();
        Assert.NotEmpty(sources);
        Assert.DoesNotContain("//", string.Concat(sources));
        foreach (var source in sources)
        {
            using var script = await server.Client.GetAsync($"{ApiPage.Path}/{source}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, script.StatusCode);
            Assert.NotEmpty(await script.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Page_ContentSecurityPolicy_AdmitsNoOtherHost()
    {
        using var response = await server.Client.GetAsync(ApiPage.Path + "/", TestContext.Current.CancellationToken);

        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'self'", policy);
        Assert.DoesNotContain("http", policy);
        Assert.DoesNotContain("*", policy);
        Assert.DoesNotContain("unsafe-eval", policy);
    }

    private async Task<JsonNode> DescriptionAsync() => (await server.GetAsync("/openapi/v1.json"))!;

    private static IEnumerable<(string Path, string Method, JsonNode Operation)> Operations(JsonNode description) =>
        from path in description["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (path.Key, operation.Key, operation.Value);

    [GeneratedRegex("\"#/components/schemas/([^\"]+)\"")]
    private static partial Regex SchemaReference { get; }

    [GeneratedRegex("src=\"([^\"]+)\"")]
    private static partial Regex ScriptSource { get; }
}
