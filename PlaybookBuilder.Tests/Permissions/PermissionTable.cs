using PlaybookBuilder.Tests.Permissions.Table;

namespace PlaybookBuilder.Tests.Permissions;

/// <summary>Who may do what. A route that is not in here fails the tests.</summary>
internal static class PermissionTable
{
    public static readonly IReadOnlyList<RoutePermission> Rows = [.. Pages.Rows, .. OpenRoutes.Rows, .. UserRoutes.Rows, .. DrsRoutes.Rows, .. AdminRoutes.Rows];

    public static RoutePermission Get(string pattern, Access access, Func<OwnersThings, Task<Question>> ask) => new("GET", pattern, access, ask);

    public static RoutePermission Get(string path, Access access) => Get(path, access, _ => Task.FromResult(new Question(path)));

    public static RoutePermission Post(string pattern, Access access, Func<OwnersThings, Task<Question>> ask) => new("POST", pattern, access, ask);

    public static RoutePermission Post(string path, Access access, Func<string> json) => Post(path, access, _ => Task.FromResult(new Question(path, json())));
}
