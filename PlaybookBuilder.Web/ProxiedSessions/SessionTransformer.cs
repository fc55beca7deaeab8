using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Turns a browser's request into one to the session's worker, and its answer into one to the browser.</summary>
internal class SessionTransformer(Guid sessionId) : HttpTransformer
{
    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var request = httpContext.Request;
        foreach (var (name, values) in request.Headers)
        {
            if (!PassedHeaders.PassToWorker(name)) continue;
            if (!proxyRequest.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) proxyRequest.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        if (SessionCookies.ToWorker(sessionId, request.Cookies) is { } cookies) proxyRequest.Headers.TryAddWithoutValidation(HeaderNames.Cookie, cookies);
        proxyRequest.Headers.Host = request.Host.Value;
        proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-Proto", request.Scheme);
        proxyRequest.Headers.TryAddWithoutValidation("X-Forwarded-Prefix", request.PathBase + SessionPaths.Of(sessionId));
        request.Path.StartsWithSegments(SessionPaths.Of(sessionId), StringComparison.OrdinalIgnoreCase, out var rest);
        proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(destinationPrefix, rest.HasValue ? rest : "/", request.QueryString);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null) return ValueTask.FromResult(false);

        var headers = httpContext.Response.Headers;
        foreach (var (name, values) in proxyResponse.Headers.NonValidated.Concat(proxyResponse.Content.Headers.NonValidated))
        {
            if (name.Equals(HeaderNames.SetCookie, StringComparison.OrdinalIgnoreCase))
            {
                foreach (var value in values)
                {
                    if (SessionCookies.ToBrowser(sessionId, value, httpContext.Request.IsHttps) is { } cookie) headers.Append(HeaderNames.SetCookie, cookie);
                }
            }
            else if (PassedHeaders.PassToBrowser(name))
            {
                foreach (var value in values) headers.Append(name, value);
            }
        }

        return ValueTask.FromResult(true);
    }

    public override ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
