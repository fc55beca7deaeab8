using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>Who is an administrator: whom another one made so, and who has a verified address of <c>ADMIN_EMAILS</c>.</summary>
internal sealed class AdminRule(IOptions<AccountOptions> options)
{
    private readonly string[] _admins = [.. options.Value.Admins];

    /// <summary>The sign-ins of a context that make their user an administrator.</summary>
    public IQueryable<SignInRow> SignIns(PlaybookDbContext context)
    {
        var admins = _admins;
        return context.Set<SignInRow>().Where(signIn => signIn.IsEmailVerified && signIn.Email != null && admins.Contains(signIn.Email));
    }
}
