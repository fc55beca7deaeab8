using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>Takes what stands in any set of a library.</summary>
internal sealed class LibraryUnion<T> : MembersOfLibrary<T>
    where T : ILibraryMember
{
    public override Description Description { get; } = new($"{T.Library.Name}Union", $"Compute Union {T.Label} Set", $"Take all {Members} of the sets of a {T.Library.Name}");

    protected override int SetsNeeded(int setsInLibrary) => 1;

    protected override Story Tell(LibraryInputs<T>? inputs, Set<T>? output) => new()
    {
        Abstract = $"The {Noun.Of<T>()} sets of the library were united.",
        Introduction = LibraryStory.Introduction<T>(),
        Methods = $"Every member of the sets of {Library} was taken once, in the order in which it first appears.",
        TableLegend = $"The {Members} that appear in any set of {Library}.",
    };
}
