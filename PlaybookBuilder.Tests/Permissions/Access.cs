namespace PlaybookBuilder.Tests.Permissions;

/// <summary>The status that each caller is answered with. A token that is none any more is refused everywhere.</summary>
internal sealed record Access(int Anonymous, int Owner, int OtherUser, int Admin, int Service)
{
    /// <summary>What users are answered who show a token; null where that makes no difference.</summary>
    public int? WithToken { get; init; }

    /// <summary>What the owner is answered who shows a token; null where that makes no difference.</summary>
    public int? OwnerWithToken { get; init; }

    private const int Unauthorized = 401;
    private const int NotFound = 404;
    private const int Found = 302;
    private const int Forbidden = 403;

    public static Access Everybody(int status = 200) => new(status, status, status, status, status);

    /// <summary>What is each user's own, whoever that is.</summary>
    public static Access Users(int status = 200) => new(Unauthorized, status, status, status, Unauthorized);

    /// <summary>What is one user's.</summary>
    public static Access OnlyOwner(int status = 200) => new(Unauthorized, status, NotFound, NotFound, Unauthorized);

    public static Access OwnerAndAdmins(int status = 200) => OnlyOwner(status) with { Admin = status };

    public static Access Admins(int status = 200) => new(NotFound, NotFound, NotFound, status, NotFound);

    /// <summary>A page that leads to the sign-in whoever has not signed in. A program that asks for a page is told as by the API.</summary>
    public static Access UsersPage => Users() with { Anonymous = Found, Service = Forbidden };

    /// <summary>What takes a browser that is signed in: whoever finds a token is to get no further by it.</summary>
    public static Access InBrowsers => Users() with { WithToken = Forbidden };

    public int For(Credential credential) => credential switch
    {
        { Caller: Caller.Owner, Token: not null } when OwnerWithToken is { } status => status,
        { Caller: Caller.Owner or Caller.OtherUser or Caller.Admin, Token: not null } when WithToken is { } status => status,
        _ => For(credential.Caller),
    };

    public bool Allows(Credential credential) => For(credential) is not (Unauthorized or Forbidden or NotFound or Found);

    private int For(Caller caller) => caller switch
    {
        Caller.Anonymous => Anonymous,
        Caller.Owner => Owner,
        Caller.OtherUser => OtherUser,
        Caller.Admin => Admin,
        Caller.Service => Service,
        _ => Unauthorized,
    };
}
