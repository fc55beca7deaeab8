using Microsoft.AspNetCore.Routing.Template;

namespace PlaybookBuilder.Web.Api;

/// <summary>
/// Tells 405 from 404. The framework does so by itself only where no other route takes a path of any kind, and its own for static
/// assets does.
/// </summary>
internal static class AllowedMethods
{
    public static void UseAllowedMethods(this IApplicationBuilder api) => api.Use(static async (context, next) =>
    {
        await next(context);
        if (context.Response is not { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentType: null }) return;

        string[] allowed = [.. Of(context).Distinct().Order(StringComparer.Ordinal)];
        if (allowed.Length == 0) return;

        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = string.Join(", ", allowed);
    });

    private static IEnumerable<string> Of(HttpContext context) =>
        from endpoint in context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<OpenApi.OperationNotes>() is not null
        where new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(context.Request.Path, [])
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        select method;
}
