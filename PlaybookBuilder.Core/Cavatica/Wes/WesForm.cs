using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <summary>A submission as <c>multipart/form-data</c>.</summary>
internal static class WesForm
{
    public static MultipartFormDataContent From(WesRunRequest request)
    {
        var boundary = $"playbook-builder-{Guid.NewGuid():N}";
        var form = new MultipartFormDataContent(boundary);
        // Without the quotes that .NET puts round it, which some servers take for a part of it.
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", $"multipart/form-data; boundary={boundary}");
        var tags = new Dictionary<string, string>(request.Tags) { [WesRunRequest.MarkTag] = request.Mark };
        Add(form, "workflow_params", Json(request.Parameters));
        Add(form, "workflow_type", new StringContent(request.WorkflowType));
        Add(form, "workflow_type_version", new StringContent(request.WorkflowTypeVersion));
        Add(form, "tags", Json(JsonSerializer.SerializeToElement(tags)));
        Add(form, "workflow_url", new StringContent("#/workflow_attachment/0"));
        Add(form, "workflow_attachment", new ReadOnlyMemoryContent(request.Workflow) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } }, request.FileName);
        return form;
    }

    private static StringContent Json(JsonElement value) => new(value.GetRawText(), Encoding.UTF8, "application/json");

    private static void Add(MultipartFormDataContent form, string name, HttpContent content, string? fileName = null)
    {
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"", FileName = fileName is null ? null : $"\"{fileName}\"" };
        form.Add(content);
    }
}
