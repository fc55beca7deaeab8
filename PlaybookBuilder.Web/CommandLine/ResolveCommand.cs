using System.CommandLine;
using System.Text;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary><c>resolve</c>: runs one process type, from files to files.</summary>
internal static class ResolveCommand
{
    public static Command Create()
    {
        var spec = new Argument<string>("spec") { Description = "The process type, as in Input[Gene] or GMTUnion." };
        var data = new Option<string?>("--data") { Description = "The answer to its prompt: JSON, text, @file, or for a file its path.", HelpName = "value" };
        var output = new Option<string?>("--output") { Description = "Where the result goes as JSON; without it, to the standard output.", HelpName = "file" };
        var command = new Command("resolve", "Runs one process type. Inputs are given as --inputs.NAME value; a list as a repeated one, or as --inputs.NAME.0 value and so on.")
        {
            spec, data, output,
        };
        // The names of inputs are the process type's.
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => CommandErrors.ToExitCodeAsync(() => RunAsync(
            parsed.GetRequiredValue(spec), parsed.GetValue(data), InputOptions.Parse(parsed.UnmatchedTokens), parsed.GetValue(output), cancellationToken)));
        return command;
    }

    private static async Task<int> RunAsync(string spec, string? data, IReadOnlyList<InputOption> inputs, string? output, CancellationToken cancellationToken)
    {
        var folder = new OutputFolder(output is null ? null : Path.GetDirectoryName(Path.GetFullPath(output)));
        using var host = CommandHost.Create(folder);
        var type = host.Services.GetRequiredService<ComponentCatalog>().GetProcessType(spec);
        var answer = await ReadAnswerAsync(type, data, cancellationToken);
        var bound = type.BindInputs(await InputOptions.DecodeAsync(type, inputs, cancellationToken));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(type.TimeLimit);
        object result;
        try
        {
            result = await type.RunAsync(answer, bound, new Progress(report => Tell(type, report)), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{type.Description.Label} took longer than its limit of {type.TimeLimit.TotalMinutes:0.#} minutes.");
        }

        await WriteAsync(type.Output.Encode(result), output, cancellationToken);
        if (folder.Temporary is { } temporary) await Console.Error.WriteLineAsync($"Files are in {temporary}.");
        return ExitCodes.Done;
    }

    private static async Task<object?> ReadAnswerAsync(ProcessType type, string? data, CancellationToken cancellationToken)
    {
        if (type.AnswerType is not { } answerType) return data is null ? null : throw new UsageException($"{type.Spec} asks nothing, so it takes no --data.");
        if (data is null) throw new UsageException($"{type.Spec} asks something: answer with --data.");

        return type.DecodeAnswer(Datum.OfJson(type.Spec, await CommandLineValue.ReadAsync(data, answerType, cancellationToken)));
    }

    private static void Tell(ProcessType type, ProgressReport report)
    {
        var percent = report.Percent is { } known ? $" {known:0} %" : "";
        Console.Error.WriteLine($"{type.Spec}{percent} {(report.IsWarning ? "warning: " : "")}{report.Message}".TrimEnd());
    }

    private static async Task WriteAsync(Datum result, string? output, CancellationToken cancellationToken)
    {
        var text = Encoding.UTF8.GetBytes(result.Value + "\n");
        if (output is not null)
        {
            await File.WriteAllBytesAsync(output, text, cancellationToken);
            return;
        }

        await using var standard = Console.OpenStandardOutput();
        await standard.WriteAsync(text, cancellationToken);
    }
}
