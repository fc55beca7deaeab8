using System.Text.Json;
using PlaybookBuilder.Benchmarks.Load;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Awaits the outputs of a playbook, and looks whether they are what they should be: a fast error counts for nothing.</summary>
internal static class Outputs
{
    /// <param name="expected">What has to stand in the output of the last step.</param>
    public static async Task GetAsync(LoadClient client, string id, string expected)
    {
        var answer = await client.GetAsync(PlaybookApi.Output(id));
        using var steps = JsonDocument.Parse(answer);
        var output = steps.RootElement[steps.RootElement.GetArrayLength() - 1].GetProperty("process").GetProperty("output").GetRawText();
        if (!output.Contains(expected, StringComparison.Ordinal)) throw new InvalidDataException($"The last output of {id} lacks {expected}: {output}");
    }
}
