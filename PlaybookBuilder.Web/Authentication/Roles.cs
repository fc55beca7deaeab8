namespace PlaybookBuilder.Web.Authentication;

internal static class Roles
{
    public const string Admin = "admin";
}
