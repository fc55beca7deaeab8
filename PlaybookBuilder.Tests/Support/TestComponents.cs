using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Inputs;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Tests.Support;

/// <summary>A catalogue that is small and does what tests need: joins, fails, and runs until it is let go.</summary>
internal sealed class TestComponents
{
    public const string Join = "Join, the [test]";
    public const string Fail = "Fail";
    public const string Hold = "Hold";

    private readonly TaskCompletionSource _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ComponentCatalog Catalog => new([], [new TermInput<Gene>(), new TermInput<Drug>(), new JoinTerms(), new FailTerm(), new HoldTerm(this)]);

    /// <summary>Ends when a step that holds has begun.</summary>
    public Task HeldAsync() => _held.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Release() => _release.TrySetResult();

    private sealed class JoinTerms : Resolver<JoinTerms.Inputs, Term<Gene>>
    {
        public sealed record Inputs(IReadOnlyList<Term<Gene>> Terms, Term<Drug> Last);

        public override Description Description { get; } = new(Join, "Join", "Joins names");

        protected override Task<Term<Gene>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken) =>
            Task.FromResult(new Term<Gene>(string.Join('+', [.. inputs.Terms.Select(term => term.Value), inputs.Last.Value])));

        protected override Story Tell(Inputs? inputs, Term<Gene>? output) => new()
        {
            Abstract = $"Names were joined {Citation.OfDoi("10.1000/182", "A handbook")}, {new Citation("A page", "https://example.org/")}, see {Figure.Of(nameof(Inputs.Last))}.",
        };
    }

    private sealed class FailTerm : Resolver<FailTerm.Inputs, Term<Gene>>
    {
        public sealed record Inputs(Term<Gene> Term);

        public override Description Description { get; } = new(Fail, "Fail", "Fails");

        protected override Task<Term<Gene>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken) =>
            throw new ProcessFailedException($"{inputs.Term} can't be had.");

        protected override Story Tell(Inputs? inputs, Term<Gene>? output) => Story.Untold;
    }

    private sealed class HoldTerm(TestComponents components) : Resolver<HoldTerm.Inputs, Term<Gene>>
    {
        public sealed record Inputs(Term<Gene> Term);

        public override Description Description { get; } = new(Hold, "Hold", "Runs until it is let go");

        protected override async Task<Term<Gene>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
        {
            progress.Report(40, "holding");
            components._held.TrySetResult();
            await components._release.Task.WaitAsync(cancellationToken);
            return inputs.Term;
        }

        protected override Story Tell(Inputs? inputs, Term<Gene>? output) => Story.Untold;
    }
}
