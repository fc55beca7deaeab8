namespace PlaybookBuilder.Core.Accounts;

/// <summary>The account of whoever uses the application on his or her own machine without signing in. Every database holds it.</summary>
public static class LocalAccount
{
    public const string Name = "Local user";

    public static readonly Guid Id = Guid.Parse("00000000-0000-8000-8000-000000000001");
}
