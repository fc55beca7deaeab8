using System.CommandLine;
using System.Text.Json;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary><c>run</c>: runs a whole playbook, from files to files.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var document = new Argument<string>("playbook.json") { Description = "The playbook, as it is exported." };
        var inputs = new Option<string[]>("--input")
        {
            Description = "The answer to a prompt, which is named by its id in the document, its place (1, 2 ...) or its type: NAME=JSON, NAME=text, NAME=@file, or for a file NAME=path.",
            HelpName = "name=value",
            DefaultValueFactory = static _ => [],
        };
        var output = new Option<string?>("--output") { Description = "The folder for the playbook with its outputs, for each output and for files; without it, the playbook goes to the standard output.", HelpName = "folder" };
        var command = new Command("run", "Runs a playbook.") { document, inputs, output };
        command.SetAction((parsed, cancellationToken) => CommandErrors.ToExitCodeAsync(() =>
            RunAsync(parsed.GetRequiredValue(document), parsed.GetRequiredValue(inputs), parsed.GetValue(output), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(string path, string[] inputs, string? output, CancellationToken cancellationToken)
    {
        var folder = new OutputFolder(output);
        using var host = CommandHost.Create(folder);
        await host.StartAsync(cancellationToken);
        var engine = host.Services.GetRequiredService<PlaybookEngine>();
        var catalog = host.Services.GetRequiredService<ComponentCatalog>();
        var playbook = await ReadAsync(path, inputs, host.Services.GetRequiredService<PlaybookDocumentReader>(), catalog, cancellationToken);
        await engine.ImportAsync(playbook, Actor.Anonymous, cancellationToken);

        var states = await FollowAsync(engine, playbook, new RunProgress(catalog, playbook, Console.Error), cancellationToken);
        var outputs = await engine.ReadOutputsAsync(states, cancellationToken);
        await RunResults.WriteAsync(playbook, outputs, output is null ? null : folder.Path, cancellationToken);
        if (folder.Temporary is { } temporary) await Console.Error.WriteLineAsync($"Files are in {temporary}.");
        await host.StopAsync(CancellationToken.None);
        return Tell(playbook, states, outputs);
    }

    private static async Task<Playbook> ReadAsync(string path, string[] inputs, PlaybookDocumentReader reader, ComponentCatalog catalog, CancellationToken cancellationToken)
    {
        if (!File.Exists(path)) throw new UsageException($"There is no file '{path}'.");

        await using var file = File.OpenRead(path);
        using var document = await ParseAsync(file, path, cancellationToken);
        var playbook = await reader.ReadAsync(document.RootElement, cancellationToken);
        var answers = new RunAnswers(catalog, document.RootElement);
        foreach (var input in inputs) playbook = await answers.AnswerAsync(playbook, input, cancellationToken);
        answers.RequireAll(playbook);
        return playbook;
    }

    private static async Task<JsonDocument> ParseAsync(FileStream file, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(file, cancellationToken: cancellationToken);
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{path} is not JSON: {exception.Message}");
        }
    }

    private static async Task<ProcessState[]> FollowAsync(PlaybookEngine engine, Playbook playbook, RunProgress progress, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(engine, playbook, progress, done.Token);
        var states = await engine.WaitAsync(playbook, Demand.Anonymous, cancellationToken);
        await done.CancelAsync();
        await watching;
        progress.Tell(states);
        return states;
    }

    private static async Task WatchAsync(PlaybookEngine engine, Playbook playbook, RunProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var states in engine.WatchAsync(playbook, RunProgress.Interval, cancellationToken)) progress.Tell(states);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Its end: all steps are done, or the command was interrupted, which the waiting tells.
        }
    }

    private static int Tell(Playbook playbook, ProcessState[] states, Datum?[] outputs)
    {
        var isWhole = true;
        for (var i = 0; i < states.Length; i++)
        {
            if (states[i].Phase is not (ProcessPhase.Failed or ProcessPhase.Unavailable)) continue;

            isWhole = false;
            var message = outputs[i] is { Type: ErrorData.Spec } error ? JsonSerializer.Deserialize<string>(error.Value)! : states[i].Reason ?? "";
            Console.Error.WriteLine($"Step {i + 1} ({playbook.Steps[i].Process.Type}) failed: {message.ReplaceLineEndings(" ")}");
        }

        return isWhole ? ExitCodes.Done : ExitCodes.StepFailed;
    }
}
