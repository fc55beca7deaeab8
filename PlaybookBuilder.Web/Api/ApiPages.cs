namespace PlaybookBuilder.Web.Api;

/// <summary>How long lists are where the client does not say.</summary>
internal static class ApiPages
{
    public const int Usual = 50;
}
