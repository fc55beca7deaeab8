using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Web.Api.Admin;

namespace PlaybookBuilder.Web.Api.OpenApi;

/// <summary>The schemas of what the API takes and gives: those of its own forms, and those of all data types.</summary>
internal static partial class ApiSchemas
{
    public const string Id = "Id";
    public const string Document = "PlaybookDocument";
    public const string Steps = "Steps";
    public const string ProcessBody = "ProcessBody";
    public const string Process = "Process";
    public const string Metadata = "PlaybookMetadata";
    public const string Change = "Change";
    public const string Status = "Status";
    public const string Inputs = "InputValues";
    public const string Output = "Output";
    public const string Nothing = "Nothing";
    public const string Component = "Component";
    public const string Components = "Components";
    public const string SavedPlaybook = "SavedPlaybook";
    public const string SavedPlaybooks = "SavedPlaybooks";
    public const string SavedPlaybookUpdate = "SavedPlaybookUpdate";
    public const string SavedPlaybookVersions = "SavedPlaybookVersions";
    public const string Publication = "Publication";
    public const string PublishedPlaybooks = "PublishedPlaybooks";
    public const string Suggestion = "Suggestion";
    public const string Suggestions = "Suggestions";
    public const string NewSuggestion = "NewSuggestion";
    public const string Problem = "Problem";
    public const string Profile = "Profile";
    public const string ProfileChange = "ProfileChange";
    public const string PublicProfile = "PublicProfile";
    public const string AccountDeletion = "AccountDeletion";
    public const string Tokens = "Tokens";
    public const string NewToken = "NewToken";
    public const string MadeToken = "MadeToken";
    public const string Upload = "Upload";
    public const string Uploads = "Uploads";
    public const string CavaticaAccount = "CavaticaAccount";
    public const string CavaticaChoice = "CavaticaChoice";
    public const string CavaticaProjects = "CavaticaProjects";
    public const string Session = "Session";
    public const string Sessions = "Sessions";
    public const string WorkFiles = "WorkFiles";
    public const string WorkChoice = "WorkChoice";
    public const string PlaybookChoice = "PlaybookChoice";
    public const string PlaybookPlace = "PlaybookPlace";
    public const string UploadShare = "UploadShare";
    public const string UploadUse = "UploadUse";
    public const string FetchedUrl = "FetchedUrl";
    public const string FileUrl = "FileUrl";
    public const string DrsError = "DrsError";
    public const string DrsService = "DrsService";
    public const string DrsObject = "DrsObject";
    public const string DrsObjects = "DrsObjects";
    public const string DrsPassports = "DrsPassports";
    public const string DrsAuthorizations = "DrsAuthorizations";
    public const string DrsBulkAuthorizations = "DrsBulkAuthorizations";
    public const string DrsAccessUrl = "DrsAccessUrl";
    public const string DrsAccessUrls = "DrsAccessUrls";
    public const string DrsIds = "DrsIds";
    public const string DrsAccessIds = "DrsAccessIds";
    public const string DrsBytes = "DrsBytes";
    public const string ResumableUpload = "ResumableUpload";

    private const string Resource = "PlaybookBuilder.Web.Api.OpenApi.schemas.json";

    /// <summary>By their names within the description.</summary>
    public static IEnumerable<(string Name, JsonNode Schema)> All(ComponentCatalog catalog)
    {
        using var resource = typeof(ApiSchemas).Assembly.GetManifestResourceStream(Resource)!;
        foreach (var (name, schema) in JsonNode.Parse(resource)!.AsObject()) yield return (name, schema!.DeepClone());
        foreach (var schema in AdminSchemas.All) yield return schema;
        foreach (var type in catalog.DataTypes) yield return (NameOf(type.Spec), OfDataType(type));
    }

    /// <summary>Names of schemas may hold letters, digits, dots and dashes only: <c>Set[Gene]</c> becomes <c>data.Set.Gene</c>.</summary>
    internal static string NameOf(string spec) => "data." + NotInNames.Replace(spec, ".").Trim('.');

    private static JsonObject OfDataType(DataType type)
    {
        var schema = DataCodec.SchemaOf(type.ClrType) as JsonObject ?? [];
        schema["title"] = type.Spec;
        schema["description"] ??= type.Description.Text;
        if (type.Description.Example is { } example) schema["examples"] = new JsonArray(JsonNode.Parse(type.Encode(example).Value));
        return schema;
    }

    [GeneratedRegex("[^A-Za-z0-9_-]+")]
    private static partial Regex NotInNames { get; }
}
