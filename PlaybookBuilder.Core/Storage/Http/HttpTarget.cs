namespace PlaybookBuilder.Core.Storage.Http;

/// <summary>An address, and the headers that its host is asked with; no other host sees them.</summary>
internal sealed record HttpTarget(Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>Another address, with the headers where it is of the same host.</summary>
    public HttpTarget To(Uri url) => new(url, url.Scheme == Url.Scheme && url.Authority == Url.Authority ? Headers : []);
}
