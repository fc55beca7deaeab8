using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>Takes what stands in every set of a library.</summary>
internal sealed class LibraryIntersection<T> : MembersOfLibrary<T>
    where T : ILibraryMember
{
    public override Description Description { get; } = new($"{T.Library.Name}Intersection", $"Compute Intersection {T.Label} Set", $"Take the {Members} that all sets of a {T.Library.Name} have in common");

    protected override int SetsNeeded(int setsInLibrary) => setsInLibrary;

    protected override Story Tell(LibraryInputs<T>? inputs, Set<T>? output) => new()
    {
        Abstract = $"The {Noun.Of<T>()} sets of the library were intersected.",
        Introduction = LibraryStory.Introduction<T>(),
        Methods = $"The members that stand in every set of {Library} were taken, in the order of its first set; a library of one set gives that set.",
        TableLegend = $"The {Members} that appear in all sets of {Library}.",
    };
}
