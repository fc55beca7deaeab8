using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace PlaybookBuilder.Web.ProxiedSessions.Replicas;

/// <summary>Turns what another program handed on into a request to the session's worker, and gives back the answer as it is: the other one makes of it what the browser gets.</summary>
internal sealed class RelayTransformer(PathString rest) : HttpTransformer
{
    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        var request = httpContext.Request;
        foreach (var (name, values) in request.Headers)
        {
            if (!PassedHeaders.PassToWorker(name) && !PassedHeaders.TellOfTheBrowser(name)) continue;
            if (!proxyRequest.Headers.TryAddWithoutValidation(name, values.AsEnumerable())) proxyRequest.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        }

        proxyRequest.Headers.Host = request.Headers[ReplicaHops.HostHeader].ToString();
        proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(destinationPrefix, rest.HasValue ? rest : "/", request.QueryString);
        return ValueTask.CompletedTask;
    }

    public override ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null) return ValueTask.FromResult(false);

        foreach (var (name, values) in proxyResponse.Headers.NonValidated.Concat(proxyResponse.Content.Headers.NonValidated))
        {
            if (!PassedHeaders.PassToBrowser(name) && !name.Equals(HeaderNames.SetCookie, StringComparison.OrdinalIgnoreCase)) continue;

            foreach (var value in values) httpContext.Response.Headers.Append(name, value);
        }

        return ValueTask.FromResult(true);
    }

    public override ValueTask TransformResponseTrailersAsync(HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
