using Microsoft.AspNetCore.Http.Features;

namespace PlaybookBuilder.Web.Api.Tus;

/// <summary>What holds for every request of tus: both sides say which version they speak, and bodies may be as long as files.</summary>
internal sealed class TusRules : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        // Also in refusals, for which the headers that were set before are forgotten.
        http.Response.OnStarting(static state =>
        {
            ((HttpContext)state).Response.Headers[TusHeaders.Resumable] = TusHeaders.Version;
            return Task.CompletedTask;
        }, http);
        if (!SpeaksTus(http) && !MayBeSilent(http))
        {
            http.Response.Headers[TusHeaders.Versions] = TusHeaders.Version;
            return ValueTask.FromResult<object?>(TypedResults.Problem($"Send '{TusHeaders.Resumable}: {TusHeaders.Version}': that is the version of tus spoken here.", statusCode: StatusCodes.Status412PreconditionFailed));
        }

        // Files have a limit of their own.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        return next(context);
    }

    private static bool SpeaksTus(HttpContext context) => context.Request.Headers[TusHeaders.Resumable] == TusHeaders.Version;

    // Asking for what is spoken, and for an upload as JSON, which is not of tus.
    private static bool MayBeSilent(HttpContext context) => HttpMethods.IsOptions(context.Request.Method) || (HttpMethods.IsGet(context.Request.Method) && !HeadRequests.IsHead(context));
}
