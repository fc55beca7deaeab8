using Microsoft.AspNetCore.Authentication;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Telemetry;

namespace PlaybookBuilder.Web.Authentication.Tokens;

/// <summary>What a token is worth, in one place for all routes: a wrong one nothing at all, any other what it was made for.</summary>
internal sealed class TokenRules(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        // Which has a token of its own.
        if (!BearerHandler.IsShown(context.Request) || context.Request.Path == MetricsEndpoint.Path)
        {
            await next(context);
            return;
        }

        if (context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult is not { Succeeded: true })
        {
            context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            await TypedResults.Problem("The token is wrong, revoked or too old.", statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
            return;
        }

        var needed = Needed(context);
        if (context.User.ToActor().Scopes is { } scopes && !scopes.HasFlag(needed))
        {
            var scope = needed.ToString().ToLowerInvariant();
            context.Response.Headers.WWWAuthenticate = $"Bearer error=\"insufficient_scope\", scope=\"{scope}\"";
            await TypedResults.Problem($"This token was not made for '{scope}'.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(context);
            return;
        }

        await next(context);
    }

    /// <summary>What the route says; of others, asking takes reading, and whatever changes something takes running.</summary>
    private static AccessScopes Needed(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeededScope>() is { } needed) return needed.Scope;

        return HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method) ? AccessScopes.Read : AccessScopes.Run;
    }
}
