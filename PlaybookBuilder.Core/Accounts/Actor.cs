namespace PlaybookBuilder.Core.Accounts;

/// <summary>Who asks for something, and what he, she or it may do. Every rule of ownership is kept in Core, against this.</summary>
/// <param name="UserId">Null for somebody who is not signed in, and for a service.</param>
/// <param name="IsAdmin">Whether the administration is open to the user.</param>
/// <param name="IsService">A program of this deployment, such as a worker on another machine.</param>
/// <param name="Scopes">What a token was made for; null where no token is used.</param>
public sealed record Actor(Guid? UserId, bool IsAdmin = false, bool IsService = false, AccessScopes? Scopes = null)
{
    public static Actor Anonymous { get; } = new((Guid?)null);

    /// <summary>The user's id.</summary>
    /// <exception cref="AccessException">Nobody is signed in, or the token was not made for this.</exception>
    public Guid RequireUser(AccessScopes scope)
    {
        RequireScope(scope);
        return UserId ?? throw new AccessException(AccessProblem.NotSignedIn, "Sign in first.");
    }

    /// <summary>The user's id, for what no token is enough for: whoever finds one is to get no further by it.</summary>
    /// <exception cref="AccessException">Nobody is signed in, or a token is used.</exception>
    public Guid RequireUserInPerson()
    {
        if (Scopes is not null) throw new AccessException(AccessProblem.Forbidden, "This takes a browser that is signed in; no token is enough for it.");
        return UserId ?? throw new AccessException(AccessProblem.NotSignedIn, "Sign in first.");
    }

    /// <exception cref="AccessException">The token was not made for this.</exception>
    public void RequireScope(AccessScopes scope)
    {
        if (Scopes is { } given && !given.HasFlag(scope)) throw new AccessException(AccessProblem.Forbidden, $"This token was not made for '{scope.ToString().ToLowerInvariant()}'.");
    }

    /// <exception cref="AccessException">Whoever is no administrator finds nothing here.</exception>
    public void RequireAdmin()
    {
        if (!IsAdmin) throw AccessException.NotFound("There is nothing here.");
        RequireScope(AccessScopes.Admin);
    }

    /// <summary>Whether something is this user's own.</summary>
    public bool Owns(Guid? owner) => owner is not null && owner == UserId;
}
