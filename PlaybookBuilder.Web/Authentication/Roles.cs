namespace PlaybookBuilder.Web.Authentication;

internal static class Roles
{
    public const string Admin = "admin";

    /// <summary>A program of this deployment.</summary>
    public const string Service = "service";
}
