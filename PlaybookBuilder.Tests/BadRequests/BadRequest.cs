using System.Text;
using PlaybookBuilder.Tests.Permissions;

namespace PlaybookBuilder.Tests.BadRequests;

/// <summary>A request that may be wrong in any way.</summary>
/// <param name="Path">Sent as it stands, with nothing escaped or made shorter.</param>
internal sealed record BadRequest(string Method, string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, string? ContentType, Credential Credential)
{
    private const int MostShown = 400;

    public HttpRequestMessage ToRequest(Uri address)
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), new Uri(address.GetLeftPart(UriPartial.Authority) + Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Add("Prefer", "wait=0");
        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Headers.ExpectContinue = Body.Length > Web.Api.JsonBody.Longest;
            if (ContentType is not null) request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        }

        Credential.Show(request);
        foreach (var (name, value) in Headers) Set(request, name, value);
        return request;
    }

    /// <summary>The same as bytes of HTTP/1.1, for whoever wants to spoil those.</summary>
    public byte[] ToBytes(Uri address)
    {
        var head = new StringBuilder($"{Method} {Path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\nPrefer: wait=0\r\n");
        if (Credential.Cookie is not null) head.Append($"Cookie: playbook-session={Credential.Cookie}\r\n");
        if (Credential.Token is not null) head.Append($"Authorization: Bearer {Credential.Token}\r\n");
        if (Body is not null) head.Append($"Content-Type: {ContentType}\r\nContent-Length: {Body.Length}\r\n");
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }

    public override string ToString() => $"{Method} {Cut(Path)} as {Credential}; {string.Join("; ", Headers.Select(static header => $"{header.Name}: {Cut(header.Value)}"))}; {ContentType} {(Body is null ? "no body" : Cut(Encoding.UTF8.GetString(Body)))}";

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        if (name.StartsWith("Content-", StringComparison.Ordinal))
        {
            request.Content?.Headers.Remove(name);
            request.Content?.Headers.TryAddWithoutValidation(name, value);
            return;
        }

        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private static string Cut(string text) => text.Length <= MostShown ? text : $"{text[..MostShown]}... ({text.Length} characters)";
}
