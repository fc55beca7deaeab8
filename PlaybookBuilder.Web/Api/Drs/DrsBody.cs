using System.Text.Json;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Api.Drs;

/// <summary>What a request about objects says in its body. Members that are not known are passed over.</summary>
internal sealed class DrsBody(JsonDocument document) : IDisposable
{
    private const string Passports = "passports";
    private const string Expand = "expand";

    /// <exception cref="BadHttpRequestException">It is not declared as JSON, or too long.</exception>
    /// <exception cref="WorkflowException">It is no JSON object.</exception>
    public static async Task<DrsBody> ReadAsync(HttpRequest request)
    {
        var document = await JsonBody.ReadAsync(request);
        if (document.RootElement.ValueKind == JsonValueKind.Object) return new DrsBody(document);

        document.Dispose();
        throw WorkflowException.Invalid("The body is to be an object.");
    }

    /// <summary>No issuer is known here, so what is in them does not matter; what they are does.</summary>
    public void ReadPassports()
    {
        if (document.RootElement.TryGetProperty(Passports, out var passports) && passports.ValueKind != JsonValueKind.Null) ReadTexts(passports, Passports);
    }

    public void ReadExpand()
    {
        if (document.RootElement.TryGetProperty(Expand, out var expand) && expand.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null))
            throw WorkflowException.Invalid($"'{Expand}' is to be true or false.", Expand);
    }

    /// <summary>The ids of the objects that are asked for.</summary>
    /// <exception cref="BadHttpRequestException">There are too many.</exception>
    public IReadOnlyList<string> ReadIds()
    {
        const string Name = "bulk_object_ids";
        var ids = ReadTexts(Required(Name), Name);
        return CheckCount(ids, ids.Count);
    }

    /// <summary>The ids of the objects whose bytes are asked for, each with ways to them.</summary>
    /// <exception cref="BadHttpRequestException">There are too many.</exception>
    public IReadOnlyList<(string Id, IReadOnlyList<string> Access)> ReadAccess()
    {
        const string Name = "bulk_object_access_ids";
        const string Id = "bulk_object_id";
        const string Access = "bulk_access_ids";
        var asked = Required(Name);
        if (asked.ValueKind != JsonValueKind.Array || asked.EnumerateArray().Any(static one => one.ValueKind != JsonValueKind.Object)) throw WorkflowException.Invalid($"'{Name}' is to be a list of objects.", Name);

        List<(string Id, IReadOnlyList<string> Access)> all = [.. asked.EnumerateArray().Select(one => (
            one.TryGetProperty(Id, out var id) ? ReadText(id, Id) : throw WorkflowException.Invalid($"'{Id}' is missing.", $"{Name}.{Id}"),
            one.TryGetProperty(Access, out var access) ? ReadTexts(access, Access) : throw WorkflowException.Invalid($"'{Access}' is missing.", $"{Name}.{Access}")))];
        return CheckCount(all, all.Sum(static one => one.Access.Count));
    }

    public void Dispose() => document.Dispose();

    private static IReadOnlyList<T> CheckCount<T>(IReadOnlyList<T> all, int count) => count <= DrsObjects.MostAtOnce
        ? all
        : throw new BadHttpRequestException($"{DrsObjects.MostAtOnce} may be asked for at once, not {count}.", StatusCodes.Status413PayloadTooLarge);

    private static IReadOnlyList<string> ReadTexts(JsonElement list, string name) => list.ValueKind == JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(text => ReadText(text, name))]
        : throw WorkflowException.Invalid($"'{name}' is to be a list of texts.", name);

    private static string ReadText(JsonElement text, string name)
    {
        if (text.ValueKind != JsonValueKind.String) throw WorkflowException.Invalid($"'{name}' is to hold texts.", name);
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a character.
            throw WorkflowException.Invalid($"'{name}' holds what is no text.", name);
        }
    }

    private JsonElement Required(string name) => document.RootElement.TryGetProperty(name, out var value) ? value : throw WorkflowException.Invalid($"'{name}' is missing.", name);
}
