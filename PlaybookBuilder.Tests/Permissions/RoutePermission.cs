using System.Net.Http.Headers;
using System.Text;

namespace PlaybookBuilder.Tests.Permissions;

/// <summary>Who may use a route or open a page.</summary>
/// <param name="Pattern">As the application names the route.</param>
/// <param name="Ask">Makes what is asked for, and says how that is done.</param>
internal sealed record RoutePermission(string Method, string Pattern, Access Access, Func<OwnersThings, Task<Question>> Ask)
{
    public string Name => $"{Method} {Pattern}";

    /// <summary>Whether browsers open it, by the key of a session, and programs have no use for it.</summary>
    public bool IsPage => !Pattern.StartsWith("/api", StringComparison.Ordinal);

    /// <summary>Whether it ends the account of whoever asks.</summary>
    public bool EndsAccount { get; init; }
}

/// <summary>A request that can be sent again and again.</summary>
/// <param name="Json">The body; null for none.</param>
internal sealed record Question(string Path, string? Json = null, bool UploadsFile = false)
{
    /// <summary>Headers beside those of every request; one that is of a body comes with a body of five bytes.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public HttpRequestMessage ToRequest(string method)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), Path);
        // Whatever takes long is not waited for.
        request.Headers.Add("Prefer", "wait=0");
        if (Json is not null) request.Content = new StringContent(Json, Encoding.UTF8, "application/json");
        if (UploadsFile) request.Content = new MultipartFormDataContent { { new StringContent("a"), "file", "a.txt" } };
        if (Headers.TryGetValue("Content-Type", out var type)) request.Content = new ByteArrayContent("abcde"u8.ToArray()) { Headers = { { "Content-Type", type } } };
        foreach (var (name, value) in Headers.Where(static header => header.Key != "Content-Type")) request.Headers.Add(name, value);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("*/*"));
        return request;
    }
}
