using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Keeps the k entries with the highest scores, in that order.</summary>
/// <remarks>Sorts before it cuts. Equal scores stay in the order of the input, NaN comes last, an entry that stands twice counts twice; fewer entries than k are all kept.</remarks>
internal sealed class TopKScored<T> : Prompt<TopK, TopKScored<T>.Inputs, Scored<T>>
    where T : IRankable
{
    public sealed record Inputs(Scored<T> Scored);

    public override Description Description { get; } = new($"TopKScoredT[Scored[{T.Name}]]", $"Top Scored {T.Plural}", $"Keep the {Noun.Plural<T>()} with the highest scores");

    public override TopK DefaultAnswer => TopK.Default;

    protected override Task<Scored<T>> ResolveAsync(TopK answer, Inputs inputs, Progress progress, CancellationToken cancellationToken) =>
        Task.FromResult(new Scored<T>([.. inputs.Scored.FromHighest().Take(answer.Count)]));

    protected override Story Tell(TopK? answer, Inputs? inputs, Scored<T>? output)
    {
        var kept = answer is null ? $"top scored {Noun.Plural<T>()}" : $"top {answer.K} scored {Noun.Plural<T>()}";
        return new()
        {
            Abstract = $"The {kept} were selected.",
            Methods = $"{Figure.Of(nameof(Inputs.Scored))} was sorted from the highest z-score to the lowest, equal ones in their given order and missing ones last, and the {kept} were kept.",
            TableLegend = $"The {kept} of {Figure.Of(nameof(Inputs.Scored))}.",
        };
    }
}
