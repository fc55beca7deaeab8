using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Inputs;

/// <summary>Starts a playbook with one gene, drug, disease ...</summary>
internal sealed class TermInput<T> : Prompt<Term<T>, NoInputs, Term<T>>
    where T : IPrimitive
{
    public override Description Description { get; } = new($"Input[{T.Name}]", $"{T.Label} Input", $"Start with a {Noun.Of<T>()}") { PageRank = T.PageRank };

    protected override Task<Term<T>> ResolveAsync(Term<T> answer, NoInputs inputs, Progress progress, CancellationToken cancellationToken) =>
        Task.FromResult(new Term<T>(answer.Value.Trim()));

    protected override Story Tell(Term<T>? answer, NoInputs? inputs, Term<T>? output) => new()
    {
        Abstract = answer is null ? $"The workflow starts with a {Noun.Of<T>()}." : $"The workflow starts with {answer.Value}, a {Noun.Of<T>()}.",
    };
}
