using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Api;

/// <summary>A token in answers.</summary>
internal sealed record TokenJson(Guid Id, string Name, string Beginning, string[] Scopes, DateTimeOffset Created, DateTimeOffset? Expires, DateTimeOffset? LastUsed)
{
    private static readonly AccessScopes[] Single = [AccessScopes.Read, AccessScopes.Run, AccessScopes.Upload, AccessScopes.Admin];

    public static TokenJson Of(ApiToken token) => new(token.Id, token.Name, token.Beginning, NamesOf(token.Scopes), token.Created, token.Expires, token.LastUsed);

    /// <summary>As they are called outside.</summary>
    public static string[] NamesOf(AccessScopes scopes) => [.. Single.Where(scope => scopes.HasFlag(scope)).Select(static scope => scope.ToString().ToLowerInvariant())];

    public static AccessScopes ScopeOf(string name) =>
        Single.FirstOrDefault(scope => scope.ToString().Equals(name, StringComparison.OrdinalIgnoreCase)) is var scope and not AccessScopes.None
            ? scope
            : throw new ApiRefusal(StatusCodes.Status400BadRequest, $"'{name}' is no scope; there are read, run, upload and admin.");
}

/// <summary>A token that was just made, with what it is.</summary>
internal sealed record MadeTokenJson(string Token, TokenJson Kept);
