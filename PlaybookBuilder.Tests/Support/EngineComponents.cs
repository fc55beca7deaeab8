using System.Collections.Concurrent;
using System.Globalization;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Text, the one data type of the test components.</summary>
internal sealed record Text(string Value) : IData
{
    public static DataDescription Description { get; } = new("Text", "Text", "A text");
}

/// <summary>A prompt for a text, and resolvers that do whatever a test of the engine needs to see done.</summary>
internal sealed class EngineComponents
{
    private readonly ConcurrentDictionary<string, int> _runs = new();

    public EngineComponents() => Catalog = new ComponentCatalog([], [
        new AskType(this),
        new JoinType(),
        new Scripted(this, "Copy", static (text, _, _) => Task.FromResult(text + "+")),
        new Scripted(this, "Fail", static (text, _, _) => throw new ProcessFailedException($"'{text}' is too short.")),
        new Scripted(this, "Defect", static (_, _, _) => throw new InvalidOperationException("Something\0odd.")),
        new Scripted(this, "FailTwice", (text, _, _) => RunsOf("FailTwice") < 3 ? throw new TransientException("The service is away.") : Task.FromResult(text + "!")),
        new Scripted(this, "FailAlways", static (_, _, _) => throw new HttpRequestException("503", null, System.Net.HttpStatusCode.ServiceUnavailable)),
        new Scripted(this, "Gate", async (text, _, cancellationToken) => { await Gate.Task.WaitAsync(cancellationToken); return text + "#"; }),
        new Scripted(this, "Deaf", async (text, progress, _) => { await Gate.Task; progress.Report(99); return text; }) { Limit = TimeSpan.FromSeconds(30) },
        new Scripted(this, "Tell", async (text, progress, cancellationToken) => { for (var i = 1; i <= 100; i++) { progress.Report(i); } progress.Warn("almost"); await Gate.Task.WaitAsync(cancellationToken); return text; }),
    ]);

    public ComponentCatalog Catalog { get; }

    /// <summary>What Gate, Deaf and Tell wait for.</summary>
    public TaskCompletionSource Gate { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a resolver that a test has to meet at work has begun.</summary>
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int RunsOf(string spec) => _runs.GetValueOrDefault(spec);

    private void Count(string spec)
    {
        _runs.AddOrUpdate(spec, 1, static (_, runs) => runs + 1);
        if (spec is "Gate" or "Deaf" or "Tell" or "FailTwice") Begun.TrySetResult();
    }

    internal sealed record Answer(string Text);

    private sealed class AskType(EngineComponents components) : Prompt<Answer, NoInputs, Text>
    {
        public override Description Description { get; } = new("Ask", "Ask", "Asks for a text");

        protected override Task<Text> ResolveAsync(Answer answer, NoInputs inputs, Progress progress, CancellationToken cancellationToken)
        {
            components.Count("Ask");
            return Task.FromResult(new Text(answer.Text));
        }

        protected override Story Tell(Answer? answer, NoInputs? inputs, Text? output) => Story.Untold;
    }

    private sealed class JoinType : Resolver<JoinType.Inputs, Text>
    {
        public sealed record Inputs(IReadOnlyList<Text> Texts);

        public override Description Description { get; } = new("Join", "Join", "Joins texts");

        protected override Task<Text> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken) =>
            Task.FromResult(new Text(string.Join(',', inputs.Texts.Select(text => text.Value))));

        protected override Story Tell(Inputs? inputs, Text? output) => Story.Untold;
    }

    private sealed class Scripted(EngineComponents components, string spec, Func<string, Progress, CancellationToken, Task<string>> script) : Resolver<Scripted.Inputs, Text>
    {
        public sealed record Inputs(Text Text);

        public override Description Description { get; } = new(spec, spec, string.Create(CultureInfo.InvariantCulture, $"Does {spec}"));

        public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(2);

        public override TimeSpan TimeLimit => Limit;

        protected override async Task<Text> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
        {
            components.Count(spec);
            return new Text(await script(inputs.Text.Value, progress, cancellationToken));
        }

        protected override Story Tell(Inputs? inputs, Text? output) => Story.Untold;
    }
}
