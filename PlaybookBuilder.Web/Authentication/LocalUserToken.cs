using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>Turns the token in the printed address into a cookie, and takes it out of the address.</summary>
internal sealed class LocalUserToken(RequestDelegate next, IOptions<LocalUserOptions> options)
{
    public const string Parameter = "token";

    public Task InvokeAsync(HttpContext context)
    {
        var isRight = options.Value is { IsOn: true, NeedsToken: true }
            && HttpMethods.IsGet(context.Request.Method)
            && LocalUserHandler.IsToken(context.Request.Query[Parameter], options.Value.Token);
        if (!isRight) return next(context);

        context.Response.Cookies.Append(LocalUserHandler.TokenCookie, options.Value.Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict });
        context.Response.Redirect(context.Request.PathBase + context.Request.Path);
        return Task.CompletedTask;
    }
}
