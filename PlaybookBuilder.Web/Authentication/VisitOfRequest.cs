using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication;

internal static class VisitOfRequest
{
    public static Visit ToVisit(this HttpContext context) => new(context.ToAddress(), context.Request.Headers.UserAgent.ToString());

    /// <summary>The network address that a request comes from.</summary>
    public static string ToAddress(this HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
