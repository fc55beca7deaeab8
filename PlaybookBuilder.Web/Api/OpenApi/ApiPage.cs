using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace PlaybookBuilder.Web.Api.OpenApi;

/// <summary>The page on which people browse the API. Everything it loads comes from here, which its content security policy enforces.</summary>
internal static class ApiPage
{
    public const string Path = "/openapi";

    private const int NonceBytes = 16;

    public static void MapApiPage(this IEndpointRouteBuilder routes) => routes.MapScalarApiReference(Path, static (options, context) =>
    {
        var nonce = RandomNumberGenerator.GetHexString(2 * NonceBytes, lowercase: true);
        options.WithTitle("Playbook Builder API").WithNonce(nonce).DisableAgent().DisableMcp().DisableTelemetry().DisableDefaultFonts();
        options.HideClientButton = true;
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'self'; base-uri 'self'";
    });
}
