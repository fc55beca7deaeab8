using Microsoft.AspNetCore.Http.HttpResults;
using PlaybookBuilder.Web.Authentication.Tokens;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>
/// Refuses what another site makes a browser send: requests that change state, and circuits, must come from our own pages. Clients
/// that are no browsers send neither <c>Origin</c> nor <c>Sec-Fetch-Site</c>; those with a token of their own have no ambient authority.
/// A browser adds a password of its own accord, so only <c>Bearer</c> counts as one.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!IsExempt(context.Request) && !IsSameOrigin(context.Request))
        {
            ProblemHttpResult refusal = TypedResults.Problem("Another site asked for this. Open the application itself and try again.", statusCode: StatusCodes.Status403Forbidden);
            await refusal.ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    private static bool IsExempt(HttpRequest request)
    {
        var changesNothing = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        return (changesNothing && !request.Path.StartsWithSegments("/_blazor")) || BearerHandler.IsShown(request);
    }

    /// <summary>Whether it was a page of the same origin that asked, or no browser.</summary>
    public static bool IsSameOrigin(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site is not ("" or "same-origin" or "none")) return false;

        var origin = request.Headers.Origin.ToString();
        // Behind a proxy the scheme may differ; the host with its port may not.
        return origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, WithoutDefaultPort(request), StringComparison.OrdinalIgnoreCase));
    }

    private static string WithoutDefaultPort(HttpRequest request) =>
        request.Host.Port is 80 or 443 ? request.Host.Host : request.Host.Value ?? "";
}
