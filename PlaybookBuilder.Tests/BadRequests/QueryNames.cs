using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using PlaybookBuilder.Tests.Permissions;

namespace PlaybookBuilder.Tests.BadRequests;

/// <summary>What routes and pages read from the query: as the API's description says, and the pages' own types.</summary>
internal sealed partial class QueryNames
{
    private readonly ILookup<string, string> _byRoute;

    private QueryNames(IEnumerable<(string Route, string Name)> read)
    {
        _byRoute = read.ToLookup(static one => one.Route, static one => one.Name, StringComparer.OrdinalIgnoreCase);
        All = [.. _byRoute.SelectMany(static names => names).Distinct().Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> All { get; }

    public IEnumerable<string> Of(RoutePermission row) => _byRoute[$"{row.Method} {WithoutConstraints(row.Pattern)}"];

    public static async Task<QueryNames> ReadAsync(PermissionServer server)
    {
        var description = await server.Client.GetFromJsonAsync<JsonNode>("/openapi/v1.json", TestContext.Current.CancellationToken);
        var ofRoutes = from path in description!["paths"]!.AsObject()
                       from operation in path.Value!.AsObject()
                       from parameter in operation.Value!["parameters"]?.AsArray() ?? []
                       where parameter!["in"]?.GetValue<string>() == "query"
                       select ($"{operation.Key} {path.Key}", parameter["name"]!.GetValue<string>());
        var ofPages = from route in server.Routes
                      let page = route.Metadata.GetMetadata<ComponentTypeMetadata>()
                      where page is not null
                      from property in page.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                      let read = property.GetCustomAttribute<SupplyParameterFromQueryAttribute>()
                      where read is not null
                      select ($"GET /{WithoutConstraints(route.RoutePattern.RawText!.Trim('/'))}", read.Name ?? property.Name);
        string[] byHand = ["sort", "descending", "filter"];
        return new([.. ofRoutes, .. ofPages, .. byHand.Select(static name => ("GET /api/data/{id}/table.{format}", name))]);
    }

    private static string WithoutConstraints(string pattern) => Constraint().Replace(pattern, "$1");

    [GeneratedRegex(@"(\{\w+)[:?][^/]*?(?=\}(/|$|\.))")]
    private static partial Regex Constraint();
}
