using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>Makes a library of one gene set, labelled with the set's description. A gene that the set repeats is kept once.</summary>
internal sealed class GenesetToGmt : Resolver<GenesetToGmt.Inputs, Library<Gene>>
{
    private const string LabelOfUndescribed = "Gene Set";

    public sealed record Inputs(Set<Gene> Geneset);

    public override Description Description { get; } = new("GenesetToGMT", "Treat Gene Set as GMT", "Take one gene set as a GMT with that set alone");

    protected override Task<Library<Gene>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var label = string.IsNullOrWhiteSpace(inputs.Geneset.Description) ? LabelOfUndescribed : inputs.Geneset.Description.Trim();
        return Task.FromResult(new Library<Gene>([new(label, new Set<Gene>(TermList.Once(inputs.Geneset.Terms)))]));
    }

    protected override Story Tell(Inputs? inputs, Library<Gene>? output) => new()
    {
        Abstract = $"The gene set was taken as a library.",
        Introduction = LibraryStory.Introduction<Gene>(),
        Methods = $"A GMT was made of {Figure.Of(nameof(Inputs.Geneset))} alone, labelled with its description, or '{LabelOfUndescribed}' where it has none.",
        TableLegend = $"The library whose one set is {Figure.Of(nameof(Inputs.Geneset))}.",
    };
}
