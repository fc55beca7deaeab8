namespace PlaybookBuilder.Web.Hosting;

/// <summary>Says to browsers what pages may load. A page that needs more sets a policy of its own.</summary>
internal static class SecurityHeaders
{
    // Styles may stand in the page because MudBlazor writes its theme there; scripts may not, and none is evaluated.
    private const string Policy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; " +
        "connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'";

    // Nothing here asks for these; what is copied is written by a click.
    private const string Permissions = "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()";

    // Without subdomains, of which this application knows nothing.
    private const string Transport = "max-age=31536000";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        context.Response.OnStarting(static state => Add((HttpContext)state), context);
        return next(context);
    });

    private static Task Add(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = Permissions;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.XFrameOptions = "SAMEORIGIN";
        if (context.Request.IsHttps) headers.StrictTransportSecurity = Transport;
        return Task.CompletedTask;
    }
}
