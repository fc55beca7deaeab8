using System.Text.Json.Nodes;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Brings playbook documents into a form in which equal ones are equal, whatever their local ids.</summary>
internal static class DocumentForms
{
    /// <summary>Every step by its place, with its data in place, and without outputs.</summary>
    public static JsonNode WithoutLocalIds(JsonNode document)
    {
        var places = new Dictionary<string, int>();
        var steps = new JsonArray();
        foreach (var (i, entry) in document["workflow"]!.AsArray().Index())
        {
            if (entry!["id"]?.GetValue<string>() is { } label) places[label] = i;
            var step = entry.DeepClone().AsObject();
            step.Remove("id");
            step.Remove("output");
            if (step["data"]?["id"]?.GetValue<string>() is { } dataId) step["data"] = document["data"]![dataId]!.DeepClone();
            foreach (var (_, input) in step["inputs"]?.AsObject() ?? []) input!["id"] = places[input["id"]!.GetValue<string>()];
            steps.Add(step);
        }

        var metadata = document["metadata"]?.DeepClone().AsObject();
        metadata?.Remove("id");
        return new JsonObject { ["workflow"] = steps, ["metadata"] = metadata };
    }

    /// <summary>The ids of the data that some step was answered with, and of those that are there.</summary>
    public static (IEnumerable<string> Used, IEnumerable<string> Present) DataIds(JsonNode document) => (
        document["workflow"]!.AsArray().Select(step => step!["data"]?["id"]?.GetValue<string>()).OfType<string>().Distinct().Order(StringComparer.Ordinal),
        document["data"]!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal));
}
