using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using PlaybookBuilder.Core.Administration;
using PlaybookBuilder.Core.Administration.Errors;
using PlaybookBuilder.Core.Administration.Jobs;
using PlaybookBuilder.Core.Administration.Playbooks;
using PlaybookBuilder.Core.Administration.Storage;
using PlaybookBuilder.Core.Administration.Users;
using PlaybookBuilder.Core.Retention;
using PlaybookBuilder.Web.Hosting;

namespace PlaybookBuilder.Web.Api.Admin;

/// <summary>The schemas of the administration's answers, made from what is written.</summary>
internal static class AdminSchemas
{
    public const string Overview = "AdminOverview";
    public const string Jobs = "AdminJobs";
    public const string FailedSteps = "AdminFailedSteps";
    public const string Purge = "AdminPurge";
    public const string Programs = "AdminPrograms";
    public const string Users = "AdminUsers";
    public const string User = "AdminUser";
    public const string Sessions = "AdminSessions";
    public const string Playbooks = "AdminPlaybooks";
    public const string Uploads = "AdminUploads";
    public const string Storage = "AdminStorage";
    public const string Damaged = "AdminDamagedContents";
    public const string Retention = "AdminRetention";
    public const string FreedCache = "AdminFreedCache";
    public const string Suggestions = "AdminSuggestions";
    public const string Answer = "AdminAnswer";
    public const string Errors = "AdminErrors";
    public const string Settings = "AdminSettings";
    public const string Audit = "AdminAudit";
    public const string Done = "AdminDone";

    private static readonly (string Name, Type Type)[] Types =
    [
        (Overview, typeof(Overview)), (Jobs, typeof(JobJson[])), (FailedSteps, typeof(FailedStep[])), (Purge, typeof(Purge)), (Programs, typeof(ProgramJson[])), (Users, typeof(UserSummary[])), (User, typeof(UserDetail)),
        (Sessions, typeof(SessionSummary[])), (Playbooks, typeof(SavedSummary[])), (Uploads, typeof(UploadSummary[])), (Storage, typeof(StorageUse)), (Damaged, typeof(DamagedContent[])), (Retention, typeof(RetentionSummary)), (FreedCache, typeof(FreedCache)), (Suggestions, typeof(SuggestionSummary[])), (Answer, typeof(AnswerBody)),
        (Errors, typeof(LoggedError[])), (Settings, typeof(SettingInForce[])), (Audit, typeof(AuditEntry[])), (Done, typeof(DoneJson)),
    ];

    private static readonly JsonSchemaExporterOptions Exporting = new() { TransformSchemaNode = Describe, TreatNullObliviousAsNonNullable = true };

    public static IEnumerable<(string Name, JsonNode Schema)> All => Types.Select(static of => (of.Name, AdminJson.Options.GetJsonSchemaAsNode(of.Type, Exporting)));

    // What a converter writes can't be seen from its type.
    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema) =>
        (Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type) == typeof(TimeSpan) ? new JsonObject { ["type"] = "number", ["description"] = "seconds" } : schema;
}
