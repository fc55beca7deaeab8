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
            if (context.Request.Path.StartsWithSegments(AdminApi.Root)) throw AccessException.NotFound("There is nothing here.");
            if (!context.Request.Path.StartsWithSegments(Pages)) return next(context);

            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return app;
    }
}
