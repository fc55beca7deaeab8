using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using MimeKit;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication.Sessions;
using PlaybookBuilder.Web.Mail;

namespace PlaybookBuilder.Web.Authentication.Providers;

/// <summary>
/// Signing in by a link in a mail. The link opens a page with a button, since programs that look mails over open links too; only the
/// button uses it up. It works in the browser that asked for it, so that nobody is made to sign in as somebody else.
/// </summary>
internal static class EmailSignInApi
{
    private const int LongestEmail = 254;
    private const string SecureCookie = "__Host-playbook-mail";
    private const string PlainCookie = "playbook-mail";

    public static void MapEmailSignIn(this IEndpointRouteBuilder routes)
    {
        var forms = FormsOnly.MapForms(routes);
        forms.MapPost($"/{AppUrls.SignInEmailSend}", AskAsync).RequireRateLimiting(RateLimits.SignInPolicy);
        forms.MapPost($"/{AppUrls.SignInEmailOpen}", OpenAsync).RequireRateLimiting(RateLimits.SignInPolicy);
    }

    private static async Task<IResult> AskAsync(HttpContext context, EmailLinks links, MailSender mail)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (email, returnUrl, link) = ((string?)form["email"], (string?)form["returnUrl"], form["link"] == "true");
        if (!mail.IsOn) return TypedResults.NotFound();
        if (Clean(email) is not { } address) return Lead(context, SignInProblem.NoAddress);

        var adding = link ? context.User.UserId() : null;
        if (link && (adding is null || !IsInSession(context.User))) return Lead(context, SignInProblem.Refused);

        var browser = SecretKeys.New();
        if (await links.MakeAsync(address, ReturnPath.OrStart(returnUrl), browser, adding, context.RequestAborted) is not { } key) return Lead(context, SignInProblem.TooMany);
        if (!await mail.SendAsync(address, "Sign in to Playbook Builder", Text(mail.LinkTo(AppUrls.SignInEmailWith(key))), context.RequestAborted)) return Lead(context, SignInProblem.MailFailed);

        context.Response.Cookies.Append(CookieFor(context.Request), browser, Cookie(context.Request));
        return TypedResults.Redirect($"{context.Request.PathBase}/{AppUrls.SignInFor(ReturnPath.OrStart(returnUrl))}&sent=true");
    }

    private static async Task<IResult> OpenAsync(HttpContext context, EmailLinks links, SignIns signIns, SessionCookie session)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var opening = await links.OpenAsync(form[AppUrls.MailTokenParameter].ToString(), context.Request.Cookies[CookieFor(context.Request)], context.RequestAborted);
        if (opening.Email is not { } email) return Lead(context, opening.IsOtherBrowser ? SignInProblem.OtherBrowser : SignInProblem.LinkGone);

        context.Response.Cookies.Delete(CookieFor(context.Request), Cookie(context.Request));
        if (opening.UserId is { } adding) return await LinkAsync(context, signIns, email, adding);
        if (await signIns.EnterAsync(Identity.OfEmail(email), context.ToVisit(), context.RequestAborted) is not { } userId) return Lead(context, SignInProblem.Disabled);

        await session.StartAsync(context, userId, Identity.EmailProvider);
        return TypedResults.Redirect(context.Request.PathBase + ReturnPath.OrStart(opening.ReturnPath));
    }

    private static async Task<IResult> LinkAsync(HttpContext context, SignIns signIns, string email, Guid adding)
    {
        var isSame = IsInSession(context.User) && context.User.UserId() == adding;
        var isLinked = isSame && await signIns.LinkAsync(context.User.ToActor(), Identity.OfEmail(email), context.ToVisit(), context.RequestAborted);
        var problem = isLinked ? "" : $"?problem={(isSame ? SignInProblem.Taken : SignInProblem.Refused)}";
        return TypedResults.Redirect($"{context.Request.PathBase}/{AppUrls.AccountSignIns}{problem}");
    }

    private static bool IsInSession(ClaimsPrincipal user) => user.HasClaim(static claim => claim.Type == SessionHandler.SessionClaim);

    private static string? Clean(string? email)
    {
        var text = email?.Trim().ToLowerInvariant() ?? "";
        return text.Length is > 2 and <= LongestEmail && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1 ? text : null;
    }

    private static string Text(string link) =>
        $"""
        Somebody, most likely you, wants to sign in to Playbook Builder with this address.

        Open this link in the same browser, within {EmailLinks.Lifetime.TotalMinutes:0} minutes:

        {link}

        It works once. If it was not you, do nothing: without this link nobody gets in.
        """;

    private static RedirectHttpResult Lead(HttpContext context, SignInProblem problem) =>
        TypedResults.Redirect($"{context.Request.PathBase}/{AppUrls.SignInProblem(problem.ToString(), "")}");

    private static string CookieFor(HttpRequest request) => request.IsHttps ? SecureCookie : PlainCookie;

    private static CookieOptions Cookie(HttpRequest request) =>
        new() { HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = EmailLinks.Lifetime, IsEssential = true };
}
