namespace PlaybookBuilder.Core.Accounts;

/// <summary>What came of opening a link.</summary>
/// <param name="Email">Who reads it; null when the link is worth nothing.</param>
/// <param name="UserId">The account that the address is added to; null for a plain sign-in.</param>
/// <param name="IsOtherBrowser">It is good, but for another browser.</param>
internal sealed record EmailLinkOpening(string? Email, string ReturnPath, Guid? UserId, bool IsOtherBrowser)
{
    /// <summary>There is no such link, or it was used, or it is too old.</summary>
    public static EmailLinkOpening Gone { get; } = new(null, "", null, false);

    public static EmailLinkOpening OtherBrowser { get; } = new(null, "", null, true);
}
