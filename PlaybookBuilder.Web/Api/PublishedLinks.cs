using System.Security.Claims;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>The links by which published playbooks are opened from their list: they count the visitor and go on to the report.</summary>
internal static class PublishedLinks
{
    public static void MapPublishedLinks(this IEndpointRouteBuilder routes) => routes.MapGet("/playbooks/{id:guid}/open", OpenAsync).ExcludeFromDescription();

    private static async Task OpenAsync(Guid id, HttpContext context, ClaimsPrincipal user, PlaybookClicks clicks, SavedPlaybooks saved)
    {
        try
        {
            // Whoever looks only whether it is there, opens nothing.
            var playbook = HeadRequests.IsHead(context)
                ? await saved.GetAsync(Actor.Anonymous, id, context.RequestAborted)
                : await clicks.OpenAsync(user.ToActor(), id, VisitorOf(context), context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect($"{context.Request.PathBase}/{AppUrls.Report(playbook.PlaybookId)}");
        }
        catch (AccessException)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    }

    private static string VisitorOf(HttpContext context) => $"{context.Connection.RemoteIpAddress} {context.Request.Headers.UserAgent}";
}
