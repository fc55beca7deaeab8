namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Where this application was reached, for a worker that is to reach it too when no setting says where.</summary>
internal static class PublicAddress
{
    public static Uri Of(HttpContext context) => new($"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}/");
}
