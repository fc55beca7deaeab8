using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication.Sessions;

namespace PlaybookBuilder.Web.Authentication.Providers;

/// <summary>What happens when a provider has sent a browser back.</summary>
internal sealed partial class SignInCallback(SignIns signIns, SessionCookie cookie, ILogger<SignInCallback> logger)
{
    /// <summary>The item of a sign-in's state that holds whose account it is added to.</summary>
    public const string LinkItem = "playbook.link";

    /// <summary>Turns what the provider says into a session, or adds it to an account.</summary>
    public async Task ReceiveAsync(TicketReceivedContext context, SignInProvider provider)
    {
        context.HandleResponse();
        if (ToIdentity(context.Principal, provider) is not { } identity)
        {
            Lead(context.HttpContext, SignInProblem.Refused, provider);
            return;
        }

        string? link = null;
        context.Properties?.Items.TryGetValue(LinkItem, out link);
        await (link is null ? EnterAsync(context, identity, provider) : LinkAsync(context, identity, provider, link));
    }

    public Task FailAsync(RemoteFailureContext context, SignInProvider provider)
    {
        context.HandleResponse();
        LogFailure(provider.Name, context.Failure?.Message);
        var isAway = context.Failure is { } failure && (ProviderFailure.IsAway(failure) || (failure.InnerException is { } inner && ProviderFailure.IsAway(inner)));
        Lead(context.HttpContext, isAway ? SignInProblem.Unreachable : SignInProblem.Refused, provider);
        return Task.CompletedTask;
    }

    private static Identity? ToIdentity(ClaimsPrincipal? principal, SignInProvider provider)
    {
        if (principal?.FindFirstValue("sub") is not { Length: > 0 } subject) return null;

        var name = principal.FindFirstValue("name") ?? $"{principal.FindFirstValue("given_name")} {principal.FindFirstValue("family_name")}".Trim();
        var email = principal.FindFirstValue("email")?.Trim().ToLowerInvariant();
        var isVerified = email is not null && string.Equals(principal.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase);
        return new Identity(provider.Key, subject, name, email, isVerified);
    }

    private static void Lead(HttpContext context, SignInProblem problem, SignInProvider provider) =>
        context.Response.Redirect(context.Request.PathBase + "/" + AppUrls.SignInProblem(problem.ToString(), provider.Name));

    private async Task EnterAsync(TicketReceivedContext context, Identity identity, SignInProvider provider)
    {
        var http = context.HttpContext;
        if (await signIns.EnterAsync(identity, http.ToVisit(), http.RequestAborted) is not { } userId)
        {
            Lead(http, SignInProblem.Disabled, provider);
            return;
        }

        await cookie.StartAsync(http, userId, provider.Key);
        http.Response.Redirect(http.Request.PathBase + ReturnPath.OrStart(context.ReturnUri));
    }

    private async Task LinkAsync(TicketReceivedContext context, Identity identity, SignInProvider provider, string link)
    {
        var http = context.HttpContext;
        // Whoever began this has to be who is signed in now.
        var result = await http.AuthenticateAsync(SessionHandler.SchemeName);
        var isSame = result.Principal?.UserId() is { } userId && link == userId.ToString();
        var isLinked = isSame && await signIns.LinkAsync(result.Principal!.ToActor(), identity, http.ToVisit(), http.RequestAborted);
        if (isLinked) http.Response.Redirect(http.Request.PathBase + "/" + AppUrls.AccountSignIns);
        else http.Response.Redirect($"{http.Request.PathBase}/{AppUrls.AccountSignIns}?problem={(isSame ? SignInProblem.Taken : SignInProblem.Refused)}");
    }

    [LoggerMessage(LogLevel.Warning, "A sign-in with {Provider} failed: {Reason}")]
    private partial void LogFailure(string provider, string? reason);
}
