namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>What a user gives as the URL of a file, as one over HTTP.</summary>
internal static class FetchUrl
{
    public const int Longest = 4_000;

    /// <summary>Reads what was typed.</summary>
    /// <exception cref="FetchException">It is no URL that files are fetched from.</exception>
    public static Uri Read(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length > Longest) throw Refuse($"A URL may have {Longest} characters, not {trimmed.Length}.");
        if (!Uri.TryCreate(trimmed, UriKind.Absolute, out var url)) throw Refuse("That is no URL; one is, for example, https://example.org/counts.csv.");

        return Check(url.Scheme switch
        {
            // Anybody's objects in the clouds' stores have addresses of this form.
            "s3" => OfStore(url, static (bucket, key) => $"https://{bucket}.s3.amazonaws.com{key}"),
            "gs" => OfStore(url, static (bucket, key) => $"https://storage.googleapis.com/{bucket}{key}"),
            _ => url,
        });
    }

    /// <summary>Refuses what is not fetched, wherever it came from: typed, or from a redirect.</summary>
    /// <exception cref="FetchException">It is refused.</exception>
    public static Uri Check(Uri url)
    {
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps) throw Refuse($"Files are not fetched by '{url.Scheme}:'; http, https, drs, s3 and gs are.");
        if (url.UserInfo.Length > 0) throw Refuse("A URL with a name and password in it would be kept with them; give one without.");
        if (url.Host.Length == 0) throw Refuse("The URL names no host.");
        return url;
    }

    private static Uri OfStore(Uri url, Func<string, string, string> address)
    {
        var bucket = url.Host;
        if (bucket.Length == 0 || url.AbsolutePath.Length < 2 || !bucket.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')) throw Refuse($"The URL is to name a bucket and an object: {url.Scheme}://bucket/path.");

        return new Uri(address(bucket, url.AbsolutePath));
    }

    private static FetchException Refuse(string message) => new(FetchProblem.Refused, message);
}
