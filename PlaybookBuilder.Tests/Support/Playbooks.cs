using System.Text.Json;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Small playbooks of the test components.</summary>
internal static class Playbooks
{
    /// <param name="text">The answer; null for a prompt that nobody answered.</param>
    public static Process Ask(string? text) => new("Ask", text is null ? null : Datum.OfJson("Ask", JsonSerializer.Serialize(new { text })));

    /// <summary>The steps of a playbook of prompts that do not depend on each other.</summary>
    public static IEnumerable<Step> Asks(int count, string text = "batch")
    {
        Guid? parent = null;
        for (var i = 0; i < count; i++)
        {
            var step = new Step(Ask($"{text} {i}"), parent);
            parent = step.Id;
            yield return step;
        }
    }

    public static Process Copy(Process source) => Of("Copy", source);

    public static Process Of(string type, Process source) => new(type, null, [new ProcessInput("text", null, source.Id)]);

    public static Process Join(params Process[] sources) => new("Join", null, sources.Select((source, i) => new ProcessInput("texts", i, source.Id)));

    /// <summary>An answered prompt and copies of copies of it.</summary>
    public static Playbook Chain(int steps, string text = "start")
    {
        var playbook = Playbook.Empty.Extend(Ask(text));
        while (playbook.Steps.Length < steps) playbook = playbook.Extend(Copy(playbook.Head.Process));
        return playbook;
    }

    /// <summary>An answered prompt, a process on it, and a copy of that.</summary>
    public static Playbook Around(string type, string text = "start")
    {
        var playbook = Playbook.Empty.Extend(Ask(text));
        playbook = playbook.Extend(Of(type, playbook.Head.Process));
        return playbook.Extend(Copy(playbook.Head.Process));
    }

    /// <summary>Prompts with answers of their own, copies and joins, in any wiring.</summary>
    public static Playbook RandomPlaybook(Random random, int steps)
    {
        var playbook = Playbook.Empty;
        for (var i = 0; i < steps; i++)
        {
            Process Any() => playbook.Steps[random.Next(playbook.Steps.Length)].Process;
            playbook = playbook.Extend((i == 0 ? 0 : random.Next(3)) switch
            {
                0 => Ask($"{i} {random.Next()}"),
                1 => Copy(Any()),
                _ => Join([.. Enumerable.Range(0, 1 + random.Next(12)).Select(_ => Any())]),
            });
        }

        return playbook;
    }
}
