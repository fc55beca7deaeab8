using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Keeps the first k of a ranking. Fewer than k are all kept; a name that is ranked twice counts twice.</summary>
internal sealed class TopKRanked<T> : Prompt<TopK, TopKRanked<T>.Inputs, Ranked<T>>
    where T : IRankable
{
    public sealed record Inputs(Ranked<T> Ranked);

    public override Description Description { get; } = new($"TopKRankedT[Ranked[{T.Name}]]", $"Top Ranked {T.Plural}", $"Keep the {Noun.Plural<T>()} that are ranked highest");

    public override TopK DefaultAnswer => TopK.Default;

    protected override Task<Ranked<T>> ResolveAsync(TopK answer, Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var description = string.IsNullOrWhiteSpace(inputs.Ranked.Description) ? null : $"Top {answer.K} {inputs.Ranked.Description}";
        return Task.FromResult(new Ranked<T>([.. inputs.Ranked.Terms.Take(answer.Count)], description));
    }

    protected override Story Tell(TopK? answer, Inputs? inputs, Ranked<T>? output)
    {
        var kept = answer is null ? $"top ranked {Noun.Plural<T>()}" : $"top {answer.K} ranked {Noun.Plural<T>()}";
        return new()
        {
            Abstract = $"The {kept} were selected.",
            Methods = $"The {kept} were kept, from the top of {Figure.Of(nameof(Inputs.Ranked))}, in their order.",
            TableLegend = $"The {kept} of {Figure.Of(nameof(Inputs.Ranked))}.",
        };
    }
}
