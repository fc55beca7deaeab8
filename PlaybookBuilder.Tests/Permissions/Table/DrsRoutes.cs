using static PlaybookBuilder.Tests.Permissions.PermissionTable;

namespace PlaybookBuilder.Tests.Permissions.Table;

/// <summary>Files over DRS, where what is private says so.</summary>
internal static class DrsRoutes
{
    private const string Root = "/ga4gh/drs/v1";
    private const string Objects = $"{Root}/objects";

    // Programs of the deployment fetch what their users' steps need.
    private static readonly Access Private = new(Anonymous: 401, Owner: 200, OtherUser: 403, Admin: 200, Service: 200);

    public static readonly IReadOnlyList<RoutePermission> Rows =
    [
        Get($"{Root}/service-info", Access.Everybody()),
        Get($"{Objects}/{{id}}", Private, things => OfObjectAsync(things, "")),
        Post($"{Objects}/{{id}}", Private, things => OfObjectAsync(things, "", "{}")),
        new("OPTIONS", $"{Objects}/{{id}}", Access.Everybody(), things => OfObjectAsync(things, "")),
        Get($"{Objects}/{{id}}/access/{{access}}", Private, things => OfObjectAsync(things, "/access/https")),
        Post($"{Objects}/{{id}}/access/{{access}}", Private, things => OfObjectAsync(things, "/access/https", "{}")),
        Get($"{Objects}/{{id}}/access/https/data", Private, things => OfObjectAsync(things, "/access/https/data")),
        // Each object in the answer has a code of its own.
        Post(Objects, Access.Everybody(), async things => new(Objects, $$"""{"bulk_object_ids": ["{{await things.UploadIdAsync()}}"]}""")),
        new("OPTIONS", Objects, Access.Everybody(), async things => new(Objects, $$"""{"bulk_object_ids": ["{{await things.UploadIdAsync()}}"]}""")),
        Post($"{Objects}/access", Access.Everybody(), async things => new($"{Objects}/access", $$"""{"bulk_object_access_ids": [{"bulk_object_id": "{{await things.UploadIdAsync()}}", "bulk_access_ids": ["https"]}]}""")),
    ];

    private static async Task<Question> OfObjectAsync(OwnersThings things, string rest, string? json = null) => new($"{Objects}/{await things.UploadIdAsync()}{rest}", json);
}
