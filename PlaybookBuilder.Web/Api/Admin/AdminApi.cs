using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Core.Administration.Programs;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Authentication.Tokens;
using PlaybookBuilder.Web.Hosting;

namespace PlaybookBuilder.Web.Api.Admin;

/// <summary>The administration over HTTP. For whoever is no administrator there is nothing here; see <see cref="AdministrationGate"/>.</summary>
internal static class AdminApi
{
    public const string Root = "/api/v1/admin";

    public static void MapAdministration(this IEndpointRouteBuilder app)
    {
        // Which token is enough is told by the gate: others than administrators are not to learn of it.
        var admin = app.MapGroup(Root).WithTags("Administration").WithMetadata(new RequestSizeLimitAttribute(JsonBody.ServerLimit)).NeedsScope(AccessScopes.None);
        admin.MapGet("/overview", GetOverviewAsync).Describe(List("How the deployment does", "Depth of the queue, processes, errors of the last hour, users, bytes stored.", AdminSchemas.Overview));
        admin.MapGet("/programs", ListProgramsAsync).Describe(List("Processes of the deployment", $"Those started last first, with what each runs. {Paging}", AdminSchemas.Programs));
        admin.MapGet("/errors", ListErrorsAsync).Describe(List("Errors that were logged", $"Newest first, of all processes; of one category where `category` is given. {Paging}", AdminSchemas.Errors));
        admin.MapGet("/settings", ListSettings).Describe(List("Settings in force", "Of the process that answers: the value, and what holds where there is none. Secrets are `set` or `unset`.", AdminSchemas.Settings));
        admin.MapGet("/audit", ListAuditAsync).Describe(List("Who did what", $"Newest first; of one `user` (an id) or of one `action` where these are given. {Paging}", AdminSchemas.Audit));
        admin.MapJobs();
        admin.MapUsers();
        admin.MapContents();
    }

    /// <summary>What every list says of its parts.</summary>
    internal const string Paging = "`limit` (at most 200, else 50) bounds a part; the header `Link` leads to the next.";

    internal static OperationNotes List(string summary, string text, string gives) => new(summary, text) { Gives = gives, Refuses = [StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden] };

    internal static OperationNotes Action(string summary, string text, string? takes = null, string gives = AdminSchemas.Done) =>
        new(summary, text) { Takes = takes, Gives = gives, Refuses = takes is null ? [StatusCodes.Status400BadRequest, StatusCodes.Status403Forbidden] : [StatusCodes.Status403Forbidden] };

    /// <summary>Does something to what an address names, and says so.</summary>
    internal static async Task<IResult> DoAsync(HttpContext context, string done, string id, Func<Actor, Guid, string, CancellationToken, Task> doAsync)
    {
        await doAsync(context.User.ToActor(), ReadId(id), context.ToAddress(), context.RequestAborted);
        return AdminJson.Answer(new DoneJson(done, id));
    }

    internal static Guid ReadId(string id) => Guid.TryParseExact(id, "D", out var parsed) ? parsed : throw AccessException.NotFound($"There is nothing with the id '{id}'.");

    /// <summary>Refuses a request with other parameters in its query, where leaving one out would do more harm.</summary>
    internal static void TakeOnly(HttpRequest request, string name)
    {
        if (request.Query.Keys.FirstOrDefault(key => !key.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } other) throw WorkflowException.Invalid($"there is no such parameter here; there is '{name}'.", other);
    }

    internal static T? ReadChoice<T>(string? text, string name)
        where T : struct, Enum
    {
        if (string.IsNullOrEmpty(text)) return null;

        var choices = Enum.GetValues<T>().ToDictionary(static choice => JsonNamingPolicy.SnakeCaseLower.ConvertName(choice.ToString()), StringComparer.OrdinalIgnoreCase);
        return choices.TryGetValue(text, out var chosen) ? chosen : throw WorkflowException.Invalid($"'{name}' may be {string.Join(", ", choices.Keys)}.", name);
    }

    internal static Guid? ReadOptionalId(string? text, string name) =>
        string.IsNullOrEmpty(text) ? null : Guid.TryParseExact(text, "D", out var id) ? id : throw WorkflowException.Invalid($"'{name}' is to be an id.", name);

    private static async Task<IResult> GetOverviewAsync(HttpContext context, ClaimsPrincipal user, OverviewReading overview) =>
        AdminJson.Answer(await overview.ReadAsync(user.ToActor(), context.RequestAborted));

    private static async Task<IResult> ListProgramsAsync(HttpContext context, ClaimsPrincipal user, ProgramList programs, string? after, int? limit) =>
        AdminJson.Answer(context, await programs.ListAsync(user.ToActor(), ApiPages.Part(after, limit), context.RequestAborted), ProgramJson.Of);

    private static async Task<IResult> ListErrorsAsync(HttpContext context, ClaimsPrincipal user, ErrorList errors, string? category, string? after, int? limit) =>
        AdminJson.Answer(context, await errors.ListAsync(user.ToActor(), category, ApiPages.Part(after, limit), context.RequestAborted));

    private static IResult ListSettings(ClaimsPrincipal user, SettingsInForce settings) => AdminJson.Answer(settings.Read(user.ToActor()));

    private static async Task<IResult> ListAuditAsync(HttpContext context, ClaimsPrincipal principal, AuditLog audit, string? user, string? action, string? after, int? limit) =>
        AdminJson.Answer(context, await audit.ListAsync(principal.ToActor(), ReadOptionalId(user, "user"), action, ApiPages.Part(after, limit), context.RequestAborted));
}
