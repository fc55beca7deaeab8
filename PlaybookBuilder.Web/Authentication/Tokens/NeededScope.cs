using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication.Tokens;

/// <summary>What a token has to be made for to use a route.</summary>
internal sealed record NeededScope(AccessScopes Scope);

internal static class NeededScopeMetadata
{
    /// <summary>Says what a token needs where it is neither reading by GET nor running by another method.</summary>
    public static T NeedsScope<T>(this T route, AccessScopes scope)
        where T : IEndpointConventionBuilder => route.WithMetadata(new NeededScope(scope));
}
