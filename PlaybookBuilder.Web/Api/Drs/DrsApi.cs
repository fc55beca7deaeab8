using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Web.Api.Files;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Tokens;

namespace PlaybookBuilder.Web.Api.Drs;

/// <summary>The files that are kept here over GA4GH's Data Repository Service 1.5 (https://ga4gh.github.io/data-repository-service-schemas/).</summary>
internal static class DrsApi
{
    public const string Root = "/ga4gh/drs/v1";

    /// <summary>The bytes from this application.</summary>
    public const string HttpsAccess = "https";

    /// <summary>The bytes from where they are stored, by a URL that is signed for a while.</summary>
    public const string SignedAccess = "signed";

    private const string Credentials = "Private objects take a token (`Authorization: Bearer pb_...`): 401 without one, 403 with one that is not enough.";

    private static readonly TimeSpan SignedLife = TimeSpan.FromHours(1);
    private static readonly int[] Refusals = [StatusCodes.Status400BadRequest, StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];

    public static void MapDrs(this IEndpointRouteBuilder app)
    {
        var drs = app.MapGroup(Root).WithTags("DRS").WithMetadata(new RequestSizeLimitAttribute(JsonBody.ServerLimit)).NeedsScope(AccessScopes.Read);
        drs.MapGet("/service-info", DrsServiceInfo.GetAsync).Describe(new("About this DRS service", "What it is called, which version of the specification it follows and how many objects may be asked for at once.") { Gives = ApiSchemas.DrsService });
        drs.MapGet("/objects/{id}", GetAsync).Describe(new("An object", $"By the id of an upload, or by the SHA-256 of its bytes, under which your own and public ones are found. {Credentials}") { Gives = ApiSchemas.DrsObject, Refuses = Refusals });
        drs.MapPost("/objects/{id}", PostAsync).Describe(new("An object, asked for with passports", $"Passports are read and not counted: no issuer of them is known here. {Credentials}") { Takes = ApiSchemas.DrsPassports, Gives = ApiSchemas.DrsObject, Refuses = Refusals[1..] });
        drs.MapMethods("/objects/{id}", [HttpMethods.Options], GetAuthorizationsAsync).Describe(new("How to ask for an object", "Whether it takes a token.") { Gives = ApiSchemas.DrsAuthorizations });
        drs.MapGet("/objects/{id}/access/{access}", GetAccessAsync).Describe(new("Where the bytes of an object are", $"`{HttpsAccess}`, and `{SignedAccess}` where the storage signs URLs, which are good for an hour. {Credentials}") { Gives = ApiSchemas.DrsAccessUrl, Refuses = Refusals[1..] });
        drs.MapPost("/objects/{id}/access/{access}", PostAccessAsync).Describe(new("Where the bytes of an object are, asked for with passports", $"As with GET. {Credentials}") { Takes = ApiSchemas.DrsPassports, Gives = ApiSchemas.DrsAccessUrl, Refuses = Refusals[1..] });
        drs.MapGet($"/objects/{{id}}/access/{HttpsAccess}/data", GetDataAsync).Describe(new("The bytes of an object", $"All, or the parts that `Range` names. {Credentials}") { Gives = ApiSchemas.DrsBytes, Refuses = [.. Refusals[1..], StatusCodes.Status412PreconditionFailed, StatusCodes.Status416RangeNotSatisfiable] });
        drs.MapBulk();
    }

    /// <summary>Reads what asks for one object with passports.</summary>
    internal static async Task CheckBodyAsync(HttpRequest request)
    {
        using var body = await DrsBody.ReadAsync(request);
        body.ReadPassports();
        body.ReadExpand();
    }

    /// <exception cref="AccessException">There is no such way to the bytes.</exception>
    /// <exception cref="Core.Storage.StorageException">The bytes are damaged.</exception>
    internal static async Task<string> FindUrlAsync(HttpRequest request, string id, string access, Upload upload, DrsAddresses addresses, UploadContents contents)
    {
        if (!IsThere(access, contents)) throw AccessException.NotFound($"The object '{id}' has no access '{access}'.");

        UploadContents.RequireSound(upload);
        return access == HttpsAccess ? addresses.Data(request, id) : (await contents.SignAsync(upload, SignedLife, request.HttpContext.RequestAborted)).AbsoluteUri;
    }

    internal static bool IsThere(string access, UploadContents contents) => access == HttpsAccess || (access == SignedAccess && contents.Capabilities.SignedReadUrls);

    internal static void WriteObject(System.Text.Json.Utf8JsonWriter writer, HttpRequest request, string id, Upload upload, DrsAddresses addresses, UploadContents contents) =>
        DrsJson.WriteObject(writer, id, upload, addresses.Self(id), addresses.Data(request, id), contents.Capabilities);

    // An object here is never a bundle, so there is nothing to expand.
    private static async Task GetAsync(string id, bool? expand, HttpContext context, ClaimsPrincipal user, DrsObjects objects, DrsAddresses addresses, UploadContents contents)
    {
        _ = expand;
        var upload = await objects.FindAsync(user.ToActor(), id, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, upload, (writer, found) => WriteObject(writer, context.Request, id, found, addresses, contents));
    }

    private static async Task PostAsync(string id, HttpContext context, ClaimsPrincipal user, DrsObjects objects, DrsAddresses addresses, UploadContents contents)
    {
        await CheckBodyAsync(context.Request);
        await GetAsync(id, null, context, user, objects, addresses, contents);
    }

    private static async Task GetAuthorizationsAsync(string id, HttpContext context, ClaimsPrincipal user, DrsObjects objects)
    {
        var upload = await objects.FindForAuthorizationAsync(user.ToActor(), id, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, upload, (writer, found) => DrsJson.WriteAuthorizations(writer, id, found));
    }

    private static async Task GetAccessAsync(string id, string access, HttpContext context, ClaimsPrincipal user, DrsObjects objects, DrsAddresses addresses, UploadContents contents)
    {
        var upload = await objects.FindAsync(user.ToActor(), id, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, await FindUrlAsync(context.Request, id, access, upload, addresses, contents), DrsJson.WriteAccessUrl);
    }

    private static async Task PostAccessAsync(string id, string access, HttpContext context, ClaimsPrincipal user, DrsObjects objects, DrsAddresses addresses, UploadContents contents)
    {
        await CheckBodyAsync(context.Request);
        await GetAccessAsync(id, access, context, user, objects, addresses, contents);
    }

    private static async Task<FileAnswer> GetDataAsync(string id, HttpContext context, ClaimsPrincipal user, DrsObjects objects, UploadContents contents) =>
        new(await objects.FindAsync(user.ToActor(), id, context.RequestAborted), contents);
}
