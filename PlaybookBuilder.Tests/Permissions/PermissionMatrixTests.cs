using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Permissions;

/// <summary>Every route and page, asked by everybody.</summary>
public sealed class PermissionMatrixTests(PermissionServer server) : IClassFixture<PermissionServer>
{
    public static TheoryData<string> Names => [.. PermissionTable.Rows.Select(row => row.Name)];

    [Fact]
    public void Table_AgainstTheApplication_HasNoHole()
    {
        var served = server.Routes.Where(IsOurs).SelectMany(NamesOf).ToHashSet(StringComparer.Ordinal);
        var known = PermissionTable.Rows.Select(static row => row.Name).ToArray();

        Assert.Equal(known.Length, known.Distinct(StringComparer.Ordinal).Count());
        Assert.True(served.SetEquals(known), $"Not in the table:\n{string.Join('\n', served.Except(known).Order(StringComparer.Ordinal))}\nNot served:\n{string.Join('\n', known.Except(served))}");
    }

    /// <summary>Whoever may not tries first, at the very thing that its owner gets afterwards: so nothing was changed by it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public async Task Ask_AsEverybody_IsAnsweredAsTheTableSays(string name)
    {
        var row = PermissionTable.Rows.Single(row => row.Name == name);
        var things = server.ThingsOf(Caller.Owner);
        var question = await row.Ask(things);
        var (asked, wrong) = (false, new List<string>());
        foreach (var credential in Callers(row).OrderBy(row.Access.Allows))
        {
            var isAllowed = row.Access.Allows(credential);
            var expected = row.Access.For(credential);
            var asker = row.EndsAccount && isAllowed ? await server.NewcomerAsync() : credential;
            var (status, body) = await AskAsync(row, isAllowed && asked ? await row.Ask(things) : question, asker, expected);
            asked |= isAllowed;
            if (status != expected) wrong.Add($"{credential}: {status} instead of {expected}. {body}");
        }

        Assert.True(wrong.Count == 0, $"{name}\n{string.Join('\n', wrong)}");
    }

    private IEnumerable<Credential> Callers(RoutePermission row) =>
        server.Credentials.Where(credential => !row.IsPage || credential.Token is null || credential.Caller is Caller.Service or Caller.ExpiredToken);

    private async Task<(int Status, string Body)> AskAsync(RoutePermission row, Question question, Credential credential, int expected)
    {
        using var request = question.ToRequest(row.Method);
        credential.Show(request);
        using var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var status = (int)answer.StatusCode;
        // Programs are told why, whatever refuses them.
        if (status >= 400 && !row.IsPage) await Problems.ReadAsync(answer, answer.StatusCode);
        return (status, status == expected || answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await ReadAsync(answer));
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return $"{answer.Headers.Location} {text[..Math.Min(300, text.Length)]}";
    }

    // The framework's own files are everybody's.
    private static bool IsOurs(RouteEndpoint route) =>
        route.Metadata.All(static data => data.GetType().Name != "StaticAssetDescriptor") && !route.RoutePattern.RawText!.TrimStart('/').StartsWith("_framework/", StringComparison.Ordinal) && route.RoutePattern.RawText != "{**path:file}";

    private static bool IsHealth(string pattern) => pattern is "/healthz" or "/readyz";

    private static IEnumerable<string> NamesOf(RouteEndpoint route)
    {
        var pattern = "/" + route.RoutePattern.RawText!.Trim('/');
        if (route.Metadata.GetMetadata<ComponentTypeMetadata>() is not null) return [$"GET {pattern}"];

        var methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [IsHealth(pattern) ? "GET" : "POST"];
        return methods.Where(static method => method != "HEAD").Select(method => $"{method} {pattern}");
    }
}
