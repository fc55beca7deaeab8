using System.Text.Json.Nodes;

namespace PlaybookBuilder.Tests.Support;

/// <summary>The documents of the reference system's published playbooks, where the shared data stands beside the repository.</summary>
internal static class PublishedPlaybooks
{
    public static IReadOnlyList<JsonNode> Read()
    {
        var path = SharedData.Find("pwb_playbooks.json");
        Assert.SkipWhen(path is null, "../shared/data/pwb_playbooks.json is not here.");
        return [.. JsonNode.Parse(File.ReadAllText(path!))!.AsArray().Select(playbook => playbook!["workflow"]!)];
    }
}
