using Microsoft.AspNetCore.Authentication;

namespace PlaybookBuilder.Web.Authentication.Providers;

/// <summary>Sends a browser to a provider. By GET: a form that ends at another site is refused by our own content security policy.</summary>
internal static class SignInApi
{
    public static void MapSignIn(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/{AppUrls.SignIn}/with/{{id}}", StartAsync).RequireRateLimiting(RateLimits.SignInPolicy).ExcludeFromDescription();

    private static async Task<IResult> StartAsync(string id, string? returnUrl, [Microsoft.AspNetCore.Mvc.FromQuery(Name = LinkTokens.Parameter)] string? linkToken, HttpContext context, SignInProviders providers, LinkTokens links)
    {
        if (providers.Find(id) is not { } provider) return TypedResults.NotFound();

        var properties = new AuthenticationProperties { RedirectUri = ReturnPath.OrStart(returnUrl) };
        if (linkToken is not null)
        {
            if (context.User.UserId() is not { } userId || !links.IsFor(linkToken, context.User)) return Lead(context, SignInProblem.Refused, provider);
            properties.Items[SignInCallback.LinkItem] = userId.ToString();
        }

        try
        {
            await context.ChallengeAsync(provider.Scheme, properties);
            return TypedResults.Empty;
        }
        catch (Exception exception) when (ProviderFailure.IsAway(exception))
        {
            context.Response.Clear();
            return Lead(context, SignInProblem.Unreachable, provider);
        }
    }

    private static Microsoft.AspNetCore.Http.HttpResults.RedirectHttpResult Lead(HttpContext context, SignInProblem problem, SignInProvider provider) =>
        TypedResults.Redirect($"{context.Request.PathBase}/{AppUrls.SignInProblem(problem.ToString(), provider.Name)}");
}
