using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Keeps the entries with a score below zero, an infinite one too, with the sign turned, so that the most negative is the highest.</summary>
/// <remarks>NaN is dropped; equal scores stay in their order.</remarks>
internal sealed class DownScored<T> : Resolver<DownScored<T>.Inputs, Scored<T>>
    where T : IRankable
{
    public sealed record Inputs(Scored<T> Scored);

    public override Description Description { get; } = new($"SelectFromScored[Scored[{T.Name}], down]", $"Down Scored {T.Plural}", $"Keep only the {Noun.Plural<T>()} with a negative score, with its sign turned");

    protected override Task<Scored<T>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var turned = inputs.Scored.Terms
            .Where(static term => term.ZScore.Value < 0)
            .Select(static term => term with { ZScore = -term.ZScore.Value });
        return Task.FromResult(new Scored<T>([.. new Scored<T>([.. turned]).FromHighest()]));
    }

    protected override Story Tell(Inputs? inputs, Scored<T>? output) => new()
    {
        Abstract = $"Only the {Noun.Plural<T>()} with a negative score were considered.",
        Methods = $"The {Noun.Plural<T>()} of {Figure.Of(nameof(Inputs.Scored))} with a z-score below 0 were kept, the signs of their scores turned to positive, and sorted from the highest.",
        TableLegend = $"The {Noun.Plural<T>()} with a negative score in {Figure.Of(nameof(Inputs.Scored))}, shown with positive scores.",
    };
}
