using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary>Tells, a line for each change, how far the steps of a playbook are.</summary>
internal sealed class RunProgress(ComponentCatalog catalog, Playbook playbook, TextWriter writer)
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly string?[] _told = new string?[playbook.Steps.Length];

    public void Tell(ProcessState[] states)
    {
        for (var i = 0; i < states.Length; i++)
        {
            var line = Describe(states[i]);
            if (line is null || _told[i] == line) continue;

            _told[i] = line;
            var type = playbook.Steps[i].Process.Type;
            writer.WriteLine($"[{i + 1}/{states.Length}] {catalog.FindProcessType(type)?.Description.Label ?? type}: {line}");
        }
    }

    private static string? Describe(ProcessState state) => state.Phase switch
    {
        ProcessPhase.Running => $"running{(state.Progress?.Percent is { } percent ? $" {percent:0} %" : "")} {state.Progress?.Message}".TrimEnd(),
        ProcessPhase.Resolved => "done",
        ProcessPhase.Failed => "failed",
        ProcessPhase.Unavailable => "not available here",
        ProcessPhase.WaitingForInput => "waits for input",
        _ => null,
    };
}
