using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Components.Account;

/// <summary>What tokens are made for, in words.</summary>
internal static class TokenScopes
{
    public static readonly (AccessScopes Scope, string Text)[] All =
    [
        (AccessScopes.Read, "read: what is yours"),
        (AccessScopes.Run, "run: make playbooks, ask for results, save and publish"),
        (AccessScopes.Upload, "upload: bring and delete files"),
        (AccessScopes.Admin, "admin: the administration"),
    ];

    public static IEnumerable<string> NamesOf(AccessScopes scopes) => All.Where(one => scopes.HasFlag(one.Scope)).Select(static one => one.Text.Split(':')[0]);
}
