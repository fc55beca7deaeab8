using System.Security.Claims;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Api.Admin;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>For whoever is no administrator there is nothing under the administration's paths, whatever the method: not even the pages and routes that exist are told from others.</summary>
internal static class AdministrationGate
{
    private const string Pages = "/admin";

    public static WebApplication UseAdministrationGate(this WebApplication app)
    {
        app.Use(static (context, next) =>
        {
            if (context.User.ToActor().IsAdmin) return next(context);
            if (context.Request.Path.StartsWithSegments(AdminApi.Root)) throw Refusal(context.User);
            if (!context.Request.Path.StartsWithSegments(Pages)) return next(context);

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return app;
    }

    // Administrators are told what their token lacks.
    private static AccessException Refusal(ClaimsPrincipal user) => user.HasClaim(static claim => claim.Type == CurrentUser.OtherwiseAdminClaim)
        ? new AccessException(AccessProblem.Forbidden, "This token was not made for 'admin'.")
        : AccessException.NotFound("There is nothing here.");
}
