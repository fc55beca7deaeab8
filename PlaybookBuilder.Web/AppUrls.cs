using System.Collections.Immutable;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web;

/// <summary>Every address of the application, relative to the base href: it also runs under a path prefix.</summary>
public static partial class AppUrls
{
    /// <summary>How addresses name the playbook without steps.</summary>
    public const string EmptyPlaybook = "start";

    public const string Start = "graph";

    public const string Components = "components";

    public const string Import = "api/db/fpl";

    /// <summary>The builder at the last step of a playbook.</summary>
    public static string Graph(Guid playbookId) => $"graph/{playbookId}";

    /// <summary>The builder at one step, or at several.</summary>
    public static string Graph(Guid playbookId, params IEnumerable<Guid> stepIds) => $"graph/{playbookId}/node/{string.Join(',', stepIds)}";

    /// <summary>The builder at one step of a playbook; its last step needs no naming.</summary>
    public static string Graph(Playbook playbook, int index) =>
        index == playbook.Steps.Length - 1 ? Graph(playbook.Id) : Graph(playbook.Id, [playbook.Steps[index].Id]);

    /// <summary>The builder at several steps of a playbook.</summary>
    public static string Graph(Playbook playbook, ImmutableArray<int> indexes) =>
        indexes.Length == 1 ? Graph(playbook, indexes[0]) : Graph(playbook.Id, indexes.Select(index => playbook.Steps[index].Id));

    /// <summary>The choice of a first step.</summary>
    public static string Extend() => "graph/extend";

    /// <summary>The choice of a step that takes the output of the last one.</summary>
    public static string Extend(Guid playbookId) => $"{Graph(playbookId)}/extend";

    /// <summary>The choice of a step that takes the output of these.</summary>
    public static string Extend(Guid playbookId, params IEnumerable<Guid> stepIds) => $"{Graph(playbookId, stepIds)}/extend";

    public static string Report(Guid playbookId) => $"report/{playbookId}";

    /// <summary>The report, scrolled to one step.</summary>
    public static string Report(Guid playbookId, Guid stepId) => $"{Report(playbookId)}#{Anchor(stepId)}";

    /// <summary>The id of a step's element in a page.</summary>
    public static string Anchor(Guid stepId) => $"step-{stepId}";

    public static string Component(string spec) => $"{Components}/{Uri.EscapeDataString(spec)}";

    public static string Export(Guid playbookId) => $"api/db/fpl/{playbookId}/export";

    public static string ExportWithOutputs(Guid playbookId) => $"api/db/fpl/{playbookId}/output/export";

    /// <summary>The choice of another first step of a playbook.</summary>
    public static string ExtendAtStart(Guid playbookId) => $"graph/{playbookId}/node/{EmptyPlaybook}/extend";

    /// <summary>The playbook that a part of an address names: null stands for the one without steps.</summary>
    public static bool TryParsePlaybook(string? text, out Guid? playbookId)
    {
        playbookId = Guid.TryParseExact(text, "D", out var id) ? id : null;
        return playbookId is not null || string.IsNullOrEmpty(text) || text == EmptyPlaybook;
    }

    /// <summary>The steps that a part of an address names, in its order, none where it names the start; null when it makes no sense.</summary>
    public static IReadOnlyList<Guid>? ParseSteps(string text)
    {
        if (text == EmptyPlaybook) return [];

        var ids = new List<Guid>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Guid.TryParseExact(part, "D", out var id)) return null;
            ids.Add(id);
        }

        return [.. ids.Distinct()];
    }
}
