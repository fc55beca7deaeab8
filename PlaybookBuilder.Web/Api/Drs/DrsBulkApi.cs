using System.Security.Claims;
using System.Text.Json;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api.Drs;

/// <summary>Many objects at once. Those that can't be had are named with their codes, and the others come all the same.</summary>
internal static class DrsBulkApi
{
    private static readonly string Limit = $"{DrsObjects.MostAtOnce} at most, else 413.";

    public static void MapBulk(this IEndpointRouteBuilder drs)
    {
        drs.MapPost("/objects", GetObjectsAsync).Describe(new("Objects", $"As one by one. {Limit}") { Takes = ApiSchemas.DrsIds, Gives = ApiSchemas.DrsObjects });
        drs.MapMethods("/objects", [HttpMethods.Options], GetAuthorizationsAsync).Describe(new("How to ask for objects", $"Whether they take a token. {Limit}") { Takes = ApiSchemas.DrsIds, Gives = ApiSchemas.DrsBulkAuthorizations });
        drs.MapPost("/objects/access", GetAccessAsync).Describe(new("Where the bytes of objects are", $"As one by one. {Limit}") { Takes = ApiSchemas.DrsAccessIds, Gives = ApiSchemas.DrsAccessUrls });
    }

    private static async Task GetObjectsAsync(HttpContext context, ClaimsPrincipal user, DrsObjects objects, DrsAddresses addresses, UploadContents contents)
    {
        var found = await FindAsync(context, objects, user.ToActor(), refuse: true);
        await WriteAsync(context, found, "resolved_drs_object", (writer, id, upload) => DrsApi.WriteObject(writer, context.Request, id, upload, addresses, contents));
    }

    private static async Task GetAuthorizationsAsync(HttpContext context, ClaimsPrincipal user, DrsObjects objects)
    {
        var found = await FindAsync(context, objects, user.ToActor(), refuse: false);
        await WriteAsync(context, found, "resolved_drs_object", DrsJson.WriteAuthorizations);
    }

    private static async Task GetAccessAsync(HttpContext context, ClaimsPrincipal user, DrsObjects objects, DrsAddresses addresses, UploadContents contents)
    {
        IReadOnlyList<(string Id, IReadOnlyList<string> Access)> asked;
        using (var body = await DrsBody.ReadAsync(context.Request))
        {
            body.ReadPassports();
            asked = body.ReadAccess();
        }

        var found = (await objects.FindAsync(user.ToActor(), [.. asked.Select(static one => one.Id)], refuse: true, context.RequestAborted)).ToDictionary(static one => one.Id);
        var (urls, unresolved) = (new List<(string Id, string Access, string Url)>(), new List<(string Id, int Code)>());
        foreach (var (id, access) in asked.SelectMany(static one => one.Access.Select(access => (one.Id, access))))
        {
            var (_, upload, problem) = found[id];
            if (upload is null) unresolved.Add((id, ApiExceptionHandler.ToStatus(problem!.Value)));
            else if (!DrsApi.IsThere(access, contents)) unresolved.Add((id, StatusCodes.Status404NotFound));
            else if (upload.IsDamaged) unresolved.Add((id, StatusCodes.Status500InternalServerError));
            else urls.Add((id, access, await DrsApi.FindUrlAsync(context.Request, id, access, upload, addresses, contents)));
        }

        await JsonAnswer.WriteAsync(context, urls, (writer, resolved) => WriteUrls(writer, resolved, unresolved));
    }

    private static async Task<IReadOnlyList<(string Id, Upload? Upload, AccessProblem? Problem)>> FindAsync(HttpContext context, DrsObjects objects, Actor actor, bool refuse)
    {
        using var body = await DrsBody.ReadAsync(context.Request);
        body.ReadPassports();
        return await objects.FindAsync(actor, body.ReadIds(), refuse, context.RequestAborted);
    }

    private static Task WriteAsync(HttpContext context, IReadOnlyList<(string Id, Upload? Upload, AccessProblem? Problem)> found, string name, Action<Utf8JsonWriter, string, Upload> write) =>
        JsonAnswer.WriteAsync(context, found, (writer, all) =>
        {
            writer.WriteStartObject();
            DrsJson.WriteSummary(writer, all.Count, [.. all.Where(static one => one.Problem is not null).Select(static one => (one.Id, ApiExceptionHandler.ToStatus(one.Problem!.Value)))]);
            writer.WriteStartArray(name);
            foreach (var (id, upload, _) in all)
            {
                if (upload is not null) write(writer, id, upload);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });

    private static void WriteUrls(Utf8JsonWriter writer, IReadOnlyList<(string Id, string Access, string Url)> urls, IReadOnlyCollection<(string Id, int Code)> unresolved)
    {
        writer.WriteStartObject();
        DrsJson.WriteSummary(writer, urls.Count + unresolved.Count, unresolved);
        writer.WriteStartArray("resolved_drs_object_access_urls");
        foreach (var (id, access, url) in urls)
        {
            writer.WriteStartObject();
            writer.WriteString("drs_object_id", id);
            writer.WriteString("drs_access_id", access);
            writer.WriteString("url", url);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
