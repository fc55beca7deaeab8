using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace PlaybookBuilder.Tests.Support;

internal static class Problems
{
    /// <summary>Holds an answer against RFC 9457, and sees that it tells nothing of the program's inside.</summary>
    public static async Task<JsonObject> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"Expected {expected}, got {response.StatusCode}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("   at ", text);
        Assert.DoesNotContain("Exception", text);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>())!.AsObject();
        Assert.Equal((int)expected, problem["status"]!.GetValue<int>());
        Assert.False(string.IsNullOrEmpty(problem["title"]?.GetValue<string>()));
        Assert.False(string.IsNullOrEmpty(problem["detail"]?.GetValue<string>()), text);
        return problem;
    }
}
