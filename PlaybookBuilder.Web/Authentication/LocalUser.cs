using System.Security.Claims;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>The one who uses the application on his or her own machine, and owns everything in it.</summary>
internal static class LocalUser
{
    public const string Scheme = "LocalUser";

    public static readonly Guid Id = Guid.Parse("00000000-0000-8000-8000-000000000001");

    public static ClaimsPrincipal Principal { get; } = new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, Id.ToString()),
            new Claim(ClaimTypes.Name, "Local user"),
            new Claim(ClaimTypes.Role, Roles.Admin),
        ],
        Scheme));
}
