using System.Net;
using System.Text;

namespace PlaybookBuilder.Core.Cavatica;

/// <summary>The connections of every client of a platform. They follow no redirects and keep no cookies, so that a token goes only where it is put on a request.</summary>
internal static class PlatformConnections
{
    /// <summary>Pages of a hundred entries have some hundred KiB.</summary>
    public const int LargestAnswer = 8 * 1024 * 1024;

    private const int LongestMessage = 300;

    // Limits are those of the calls.
    public static HttpClient Client { get; } = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(20),
        // So that a platform that moves to other addresses is followed.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Whether a request can't have reached the other side.</summary>
    public static bool IsUnsent(Exception error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError };

    /// <summary>The body of an answer, which is refused when it is larger than any right one.</summary>
    /// <exception cref="HttpRequestException">With <see cref="HttpRequestError.ConfigurationLimitExceeded"/> when it is too large.</exception>
    public static async Task<byte[]> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await answer.Content.LoadIntoBufferAsync(LargestAnswer, cancellationToken).ConfigureAwait(false);
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a platform says, on one line, not too long, and without the secret should it repeat it.</summary>
    public static string Clean(string? text, string? secret)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "no reason given";

        var line = new StringBuilder();
        foreach (var letter in string.IsNullOrEmpty(secret) ? text : text.Replace(secret, "***", StringComparison.Ordinal))
            line.Append(char.IsControl(letter) ? ' ' : letter);

        return line.Length <= LongestMessage ? line.ToString().Trim() : $"{line.ToString(0, LongestMessage).Trim()}...";
    }

    /// <summary>Whether an address can be trusted with a secret: over TLS, or on this machine.</summary>
    public static bool IsSafe(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);

    /// <summary>Whether a text can stand in a header: nothing but visible ASCII.</summary>
    public static bool IsToken(string text) => text.Length > 0 && text.All(static letter => letter is > ' ' and < '\u007f');
}
