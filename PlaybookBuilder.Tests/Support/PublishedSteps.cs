using System.Text.Json;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Tests.Support;

/// <summary>The steps of the published playbooks, as far as the catalogue knows their types.</summary>
internal static class PublishedSteps
{
    public sealed record Step(string Spec, string? Data, IReadOnlyList<string> Inputs);

    public static IEnumerable<Step> Read(string path, ComponentCatalog catalog)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        foreach (var playbook in document.RootElement.EnumerateArray())
        {
            var workflow = playbook.GetProperty("workflow");
            foreach (var step in workflow.GetProperty("workflow").EnumerateArray())
            {
                var spec = step.GetProperty("type").GetString()!;
                if (catalog.FindProcessType(spec) is not null) yield return new(spec, DataOf(workflow, step), InputsOf(step));
            }
        }
    }

    private static string? DataOf(JsonElement workflow, JsonElement step) =>
        step.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? workflow.GetProperty("data").GetProperty(data.GetProperty("id").GetString()!).GetProperty("value").GetRawText()
            : null;

    private static string[] InputsOf(JsonElement step) =>
        step.TryGetProperty("inputs", out var inputs) && inputs.ValueKind == JsonValueKind.Object ? [.. inputs.EnumerateObject().Select(input => input.Name)] : [];
}
