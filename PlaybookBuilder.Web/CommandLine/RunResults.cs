using System.Globalization;
using System.Text.Json;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary>Writes what a run gave: the playbook with its outputs, and with a folder each output too.</summary>
internal static class RunResults
{
    private const string PlaybookFile = "playbook.json";

    public static async Task WriteAsync(Playbook playbook, Datum?[] outputs, string? folder, CancellationToken cancellationToken)
    {
        await using (var target = folder is null ? Console.OpenStandardOutput() : File.Create(Path.Combine(folder, PlaybookFile)))
        {
            await using (var writer = new Utf8JsonWriter(target, PlaybookJson.WriterOptions)) PlaybookDocumentWriter.Write(writer, playbook, outputs);
            target.WriteByte((byte)'\n');
        }

        if (folder is null) return;

        for (var i = 0; i < outputs.Length; i++)
        {
            if (outputs[i] is not { } output) continue;
            var name = string.Create(CultureInfo.InvariantCulture, $"{i + 1:00}-{Clean(playbook.Steps[i].Process.Type)}.json");
            await File.WriteAllTextAsync(Path.Combine(folder, name), output.Value + "\n", cancellationToken);
        }
    }

    // Specs hold brackets, commas and spaces.
    private static string Clean(string spec) =>
        string.Concat(spec.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '.')).Trim('.');
}
