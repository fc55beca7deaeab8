using System.Text.Json;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Api;

/// <summary>The values that a process takes, by the names of its arguments.</summary>
internal sealed class ProcessInputs
{
    private readonly List<(string Argument, bool IsMany, List<Datum> Values)> _arguments;

    private ProcessInputs(List<(string Argument, bool IsMany, List<Datum> Values)> arguments) => _arguments = arguments;

    /// <param name="outputs">What the process takes, in the order of its inputs.</param>
    /// <exception cref="ApiRefusal">One of them is missing.</exception>
    public static ProcessInputs Of(Process process, ComponentCatalog catalog, Datum?[] outputs)
    {
        var known = catalog.FindProcessType(process.Type)?.Arguments;
        return new([.. process.Inputs
            .Select((input, i) => (Input: input, Value: Require(input, outputs[i])))
            .GroupBy(pair => pair.Input.Argument)
            .Select(group => (
                group.Key,
                known?.FirstOrDefault(argument => argument.Name == group.Key)?.IsMany ?? group.First().Input.Position is not null,
                group.Select(pair => pair.Value).ToList()))]);
    }

    public static void Write(Utf8JsonWriter writer, ProcessInputs inputs)
    {
        writer.WriteStartObject();
        foreach (var (argument, isMany, values) in inputs._arguments)
        {
            writer.WritePropertyName(argument);
            if (isMany) writer.WriteStartArray();
            foreach (var value in values) writer.WriteRawValue(value.Value, skipInputValidation: true);
            if (isMany) writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static Datum Require(ProcessInput input, Datum? output) => output switch
    {
        null => throw new ApiRefusal(StatusCodes.Status422UnprocessableEntity, $"The input '{input.Key}' waits for an answer to a prompt."),
        { Type: ErrorData.Spec } => throw new ApiRefusal(StatusCodes.Status422UnprocessableEntity, $"The input '{input.Key}' is an error: {output.Value}"),
        _ => output,
    };
}
