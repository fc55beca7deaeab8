using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Runs one component from documents to a document, as the engine does: by its spec, with inputs under their keys.</summary>
internal sealed class ComponentRun
{
    private readonly List<ProgressReport> _reports = [];

    public IEnumerable<string> Warnings => _reports.Where(report => report.IsWarning).Select(report => report.Message!);

    /// <returns>The output as canonical JSON.</returns>
    public static Task<string> ResolveAsync(string spec, string? answer, params (string Key, string Json)[] inputs) => new ComponentRun().RunAsync(spec, answer, inputs);

    public async Task<string> RunAsync(string spec, string? answer, params (string Key, string Json)[] inputs)
    {
        var type = TestCatalog.Instance.GetProcessType(spec);
        var decodedAnswer = type.DecodeAnswer(answer is null ? null : Datum.OfJson(spec, answer));
        var output = await type.RunAsync(decodedAnswer, Bind(type, inputs), new Progress(_reports.Add), TestContext.Current.CancellationToken);
        return type.Output.Encode(output).Value;
    }

    /// <summary>The story, with what there is of answer, inputs and output as documents.</summary>
    public static Story Tell(string spec, string? answer = null, string? output = null, params (string Key, string Json)[] inputs)
    {
        var type = TestCatalog.Instance.GetProcessType(spec);
        return type.TellUntyped(
            type.DecodeAnswer(answer is null ? null : Datum.OfJson(spec, answer)),
            inputs.Length == 0 && type.Arguments.Count > 0 ? null : Bind(type, inputs),
            output is null ? null : type.Output.Decode(Datum.OfJson(type.Output.Spec, output)));
    }

    private static object Bind(ProcessType type, (string Key, string Json)[] inputs)
    {
        var process = new Process(type.Spec, inputs: inputs.Select(input => ProcessInput.Parse(input.Key, Guid.NewGuid())));
        var documents = inputs.ToDictionary(input => input.Key, input => input.Json);
        return type.BindInputs([.. process.Inputs.Select(input => (input, Decode(type, input, documents[input.Key])))]);
    }

    private static object Decode(ProcessType type, ProcessInput input, string json)
    {
        var dataType = type.Arguments.Single(argument => argument.Name == input.Argument).DataType;
        return dataType.Decode(Datum.OfJson(dataType.Spec, json));
    }
}
