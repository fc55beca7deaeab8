using System.Text.Json;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Api;

/// <summary>Where every step of a playbook stands, for clients.</summary>
internal sealed class PlaybookStatus
{
    private readonly Playbook _playbook;
    private readonly ProcessState[] _states;
    private readonly Dictionary<Guid, Datum?> _errors;

    private PlaybookStatus(Playbook playbook, ProcessState[] states, Dictionary<Guid, Datum?> errors)
    {
        _playbook = playbook;
        _states = states;
        _errors = errors;
    }

    public bool IsDone => _states.All(state => state.IsDone);

    public static async Task<PlaybookStatus> OfAsync(PlaybookEngine engine, Playbook playbook, ProcessState[] states, CancellationToken cancellationToken)
    {
        ProcessState[] failed = [.. states.Where(state => state.Phase == ProcessPhase.Failed).DistinctBy(state => state.ProcessId)];
        var errors = failed.Length == 0 ? [] : await engine.ReadOutputsAsync(failed, cancellationToken);
        return new PlaybookStatus(playbook, states, failed.Zip(errors).ToDictionary(pair => pair.First.ProcessId, pair => pair.Second));
    }

    public static void Write(Utf8JsonWriter writer, PlaybookStatus status)
    {
        writer.WriteStartObject();
        writer.WriteString("id", status._playbook.Id);
        writer.WriteBoolean("done", status.IsDone);
        writer.WriteStartArray("steps");
        for (var i = 0; i < status._states.Length; i++) status.WriteStep(writer, status._playbook.Steps[i], status._states[i]);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private void WriteStep(Utf8JsonWriter writer, Step step, ProcessState state)
    {
        writer.WriteStartObject();
        writer.WriteString("id", step.Id);
        writer.WriteString("process", step.Process.Id);
        writer.WriteString("type", step.Process.Type);
        writer.WriteString("state", NameOf(state.Phase));
        if (state.Progress?.Percent is { } percent) writer.WriteNumber("percent", percent);
        if (state.Progress?.Message is { } message) writer.WriteString(state.Progress.IsWarning ? "warning" : "message", message);
        if (state.Place is { } place) writer.WriteNumber("place", place);
        if (state.Since is { } since) writer.WriteString("since", since);
        if (state.Resolution is { } resolution) writer.WriteNumber("seconds", resolution.Duration.TotalSeconds);
        WriteReason(writer, state);
        writer.WriteEndObject();
    }

    private void WriteReason(Utf8JsonWriter writer, ProcessState state)
    {
        if (_errors.GetValueOrDefault(state.ProcessId) is { } error)
        {
            writer.WritePropertyName("reason");
            writer.WriteRawValue(error.Value, skipInputValidation: true);
        }
        else if (state.Reason is { } reason)
        {
            writer.WriteString("reason", reason);
        }
    }

    private static string NameOf(ProcessPhase phase) => phase switch
    {
        ProcessPhase.Unresolved => "unresolved",
        ProcessPhase.WaitingForInput => "waiting_for_input",
        ProcessPhase.Queued => "queued",
        ProcessPhase.Running => "running",
        ProcessPhase.Resolved => "resolved",
        ProcessPhase.Failed => "failed",
        ProcessPhase.Unavailable => "unavailable",
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "This phase has no name."),
    };
}
