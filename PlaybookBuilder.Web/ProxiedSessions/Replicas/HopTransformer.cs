using System.Net;
using Microsoft.Net.Http.Headers;

namespace PlaybookBuilder.Web.ProxiedSessions.Replicas;

/// <summary>Turns a browser's request into one to the program that holds the session's tunnel: it holds what the worker is to get, and who hands it on.</summary>
internal sealed class HopTransformer(Guid sessionId, string token) : SessionTransformer(sessionId)
{
    /// <summary>Whether the other program does not hold the tunnel.</summary>
    public bool IsGone { get; private set; }

    public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        // The worker's request is for the browser's host, this one for the other program.
        proxyRequest.Headers.TryAddWithoutValidation(ReplicaHops.HostHeader, proxyRequest.Headers.Host);
        proxyRequest.Headers.Host = null;
        proxyRequest.Headers.TryAddWithoutValidation(ReplicaHops.TokenHeader, token);
        // Over HTTP/1.1 the handshake of websockets goes through; over HTTP/2, as tunnels and many browsers speak it, there is none.
        if (httpContext.Request.Headers.SecWebSocketKey is [var key]) proxyRequest.Headers.TryAddWithoutValidation(HeaderNames.SecWebSocketKey, key);
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        // No answer of a worker has this header.
        IsGone = proxyResponse?.Headers.NonValidated.Contains(ReplicaHops.GoneHeader) == true;
        if (proxyResponse is { StatusCode: HttpStatusCode.SwitchingProtocols } && httpContext.Request.Headers.SecWebSocketKey.Count > 0 && proxyResponse.Headers.NonValidated.TryGetValues(HeaderNames.SecWebSocketAccept, out var accept)) httpContext.Response.Headers.SecWebSocketAccept = accept.ToString();
        return IsGone ? ValueTask.FromResult(false) : base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
    }
}
