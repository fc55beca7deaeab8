using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>Keeps the entries with a score above zero, an infinite one too, from the highest; NaN is dropped, equal scores stay in their order.</summary>
internal sealed class UpScored<T> : Resolver<UpScored<T>.Inputs, Scored<T>>
    where T : IRankable
{
    public sealed record Inputs(Scored<T> Scored);

    public override Description Description { get; } = new($"SelectFromScored[Scored[{T.Name}], up]", $"Up Scored {T.Plural}", $"Keep only the {Noun.Plural<T>()} with a positive score");

    protected override Task<Scored<T>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken) =>
        Task.FromResult(new Scored<T>([.. inputs.Scored.FromHighest().TakeWhile(static term => term.ZScore.Value > 0)]));

    protected override Story Tell(Inputs? inputs, Scored<T>? output) => new()
    {
        Abstract = $"Only the {Noun.Plural<T>()} with a positive score were considered.",
        Methods = $"The {Noun.Plural<T>()} of {Figure.Of(nameof(Inputs.Scored))} with a z-score above 0 were kept and sorted from the highest.",
        TableLegend = $"The {Noun.Plural<T>()} with a positive score in {Figure.Of(nameof(Inputs.Scored))}.",
    };
}
