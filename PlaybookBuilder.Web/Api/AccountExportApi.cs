using System.Net.Mime;
using System.Security.Claims;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>The download of everything that is kept of a user.</summary>
internal static class AccountExportApi
{
    public static void MapAccountExport(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/{AppUrls.AccountExport}", Export).RequireAuthorization().ExcludeFromDescription();

    private static Microsoft.AspNetCore.Http.HttpResults.PushStreamHttpResult Export(ClaimsPrincipal user, HttpContext context, AccountExport export)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Stream(stream => export.WriteAsync(user.ToActor(), stream, context.RequestAborted), MediaTypeNames.Application.Json, "my-data.json");
    }
}
