using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Goes on with one of the terms of its input, which the user picks.</summary>
/// <remarks>The pick has to stand in the input letter for letter; from an empty input nothing can be picked. A repeated term is one and the same.</remarks>
internal abstract class OneOf<T, TInputs>(string input) : Prompt<Term<T>, TInputs, Term<T>>
    where T : ICollectable
    where TInputs : class
{
    private readonly Figure _input = Figure.Of(input);

    /// <summary>The terms to pick from.</summary>
    public abstract IReadOnlyCollection<string> Choices(TInputs inputs);

    protected sealed override Task<Term<T>> ResolveAsync(Term<T> answer, TInputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var choices = Choices(inputs);
        if (choices.Count == 0) throw new ProcessFailedException($"The input holds no {Noun.Plural<T>()}, so none can be selected.");
        if (!choices.Contains(answer.Value, StringComparer.Ordinal)) throw new ProcessFailedException($"'{answer.Value}' is not among the {Noun.Count<T>(choices.Count)} of the input: select one that is.");

        return Task.FromResult(answer);
    }

    protected sealed override Story Tell(Term<T>? answer, TInputs? inputs, Term<T>? output)
    {
        if (answer is null) return new() { Abstract = $"One {Noun.Of<T>()} is to be selected for further study." };

        return new()
        {
            Abstract = $"The {Noun.Of<T>()} {answer.Value} was selected for further study.",
            Methods = $"{answer.Value} was selected by hand from {_input}.",
            TableLegend = $"The {Noun.Of<T>()} selected from {_input}.",
        };
    }
}
