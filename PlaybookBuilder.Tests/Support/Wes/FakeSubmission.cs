using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace PlaybookBuilder.Tests.Support.Wes;

/// <summary>A multipart submission, read as CAVATICA documents it.</summary>
internal sealed record FakeSubmission(JsonObject Request, JsonObject Tags, string Project, JsonElement Cwl, string Image, IReadOnlyList<string> Command)
{
    /// <exception cref="FormatException">What is wrong with it.</exception>
    public static async Task<FakeSubmission> ReadAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) throw new FormatException("Not multipart/form-data.");

        var form = await request.ReadFormAsync();
        var parameters = Json(Part(form, "workflow_params"), "workflow_params") as JsonObject ?? throw new FormatException("workflow_params is no object.");
        var tags = form.ContainsKey("tags") ? Json(Part(form, "tags"), "tags") as JsonObject ?? throw new FormatException("tags is no object.") : [];
        var (type, version, url) = (Part(form, "workflow_type"), Part(form, "workflow_type_version"), Part(form, "workflow_url"));
        if ((type, version) is not ("CWL", "v1.2")) throw new FormatException($"{type} {version} is not supported.");
        if (url != "#/workflow_attachment/0" || form.Files.GetFile("workflow_attachment") is not { } attachment) throw new FormatException("There is no such attachment.");

        await using var content = attachment.OpenReadStream();
        var cwl = (await JsonDocument.ParseAsync(content)).RootElement;
        if (Text(cwl, "class") != "CommandLineTool" || Text(cwl, "cwlVersion") != "v1.2") throw new FormatException("The attachment is no CommandLineTool of CWL v1.2.");

        var wish = new JsonObject { ["workflow_params"] = parameters.DeepClone(), ["workflow_type"] = type, ["workflow_type_version"] = version, ["workflow_url"] = url, ["tags"] = tags.DeepClone() };
        var image = PlaybookBuilder.Core.Cavatica.WorkerApp.ImageOf(cwl) ?? throw new FormatException("The tool names no image.");
        return new FakeSubmission(wish, tags, parameters["project"]?.GetValue<string>() ?? throw new FormatException("workflow_params names no project."), cwl, image, CommandOf(cwl, parameters["inputs"] as JsonObject ?? []));
    }

    /// <summary>The base command and the inputs by their positions (CWL v1.2, CommandLineBinding).</summary>
    private static List<string> CommandOf(JsonElement cwl, JsonObject inputs)
    {
        var command = cwl.GetProperty("baseCommand").EnumerateArray().Select(static word => word.GetString()!).ToList();
        foreach (var input in cwl.GetProperty("inputs").EnumerateArray().OrderBy(static input => input.GetProperty("inputBinding").GetProperty("position").GetInt32()))
        {
            var id = Text(input, "id")!;
            if (Text(input, "type") != "string" || inputs[id] is not { } value || value.GetValueKind() != JsonValueKind.String) throw new FormatException($"The input '{id}' is missing or no string.");

            command.Add(value.GetValue<string>());
        }

        return command;
    }

    private static string Part(IFormCollection form, string name) => form.TryGetValue(name, out var value) && value.Count == 1 ? value[0]! : throw new FormatException($"{name} is missing.");

    private static JsonNode? Json(string text, string name)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException error)
        {
            throw new FormatException($"{name} is not JSON.", error);
        }
    }

    private static string? Text(JsonElement json, string field) => json.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
