using System.Security.Claims;
using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>The one who uses the application on his or her own machine, and owns everything in it.</summary>
internal static class LocalUser
{
    public const string Scheme = "LocalUser";

    public static readonly Guid Id = LocalAccount.Id;

    public static ClaimsPrincipal Principal { get; } = new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, Id.ToString()),
            new Claim(ClaimTypes.Name, LocalAccount.Name),
            new Claim(ClaimTypes.Role, Roles.Admin),
        ],
        Scheme));
}
