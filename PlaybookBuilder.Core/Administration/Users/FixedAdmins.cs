using Microsoft.Extensions.Configuration;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Administration.Users;

/// <summary>Who is an administrator by the settings: whoever signs in with a verified address of <c>ADMIN_EMAILS</c>.</summary>
internal sealed class FixedAdmins(IConfiguration configuration)
{
    public const string Variable = "ADMIN_EMAILS";

    private readonly string[] _addresses = [.. (configuration[Variable] ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Select(address => address.Trim().ToLowerInvariant())];

    /// <summary>The sign-ins of a context that make their user an administrator.</summary>
    public IQueryable<SignInRow> SignIns(PlaybookDbContext context)
    {
        var addresses = _addresses;
        return context.Set<SignInRow>().Where(signIn => signIn.IsEmailVerified && signIn.Email != null && addresses.Contains(signIn.Email));
    }
}
