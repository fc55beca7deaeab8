using System.Net.Http.Headers;

namespace PlaybookBuilder.Core.Storage.Http;

/// <summary>
/// What tells a file from the next at the same address: a strong entity tag, or the time of its last change where the server answered a second or more after it (RFC 9110, 8.8.2.2).
/// With neither, nothing does.
/// </summary>
internal sealed record HttpIdentity(EntityTagHeaderValue? Tag, DateTimeOffset? ModifiedAt)
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(1);

    public bool IsKnown => Tag is not null || ModifiedAt is not null;

    public static HttpIdentity Of(HttpResponseMessage answer)
    {
        var tag = answer.Headers.ETag is { IsWeak: false } strong ? strong : null;
        var modifiedAt = answer.Content.Headers.LastModified is { } time && answer.Headers.Date - time >= Settled ? time : (DateTimeOffset?)null;
        return new HttpIdentity(tag, tag is null ? modifiedAt : null);
    }

    public void Require(HttpRequestHeaders headers)
    {
        if (Tag is not null) headers.IfMatch.Add(Tag);
        else headers.IfUnmodifiedSince = ModifiedAt;
    }
}
