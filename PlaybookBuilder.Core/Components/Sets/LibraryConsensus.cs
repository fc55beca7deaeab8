using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>Takes what stands in two sets of a library or more.</summary>
internal sealed class LibraryConsensus<T> : MembersOfLibrary<T>
    where T : ILibraryMember
{
    private const int Needed = 2;

    public override Description Description { get; } = new($"{T.Library.Name}Consensus", $"Compute Consensus {T.Label} Set", $"Take the {Members} that stand in more than one set of a {T.Library.Name}");

    protected override int SetsNeeded(int setsInLibrary) => Needed;

    protected override Story Tell(LibraryInputs<T>? inputs, Set<T>? output) => new()
    {
        Abstract = $"The {Members} that stand in more than one of the library's sets were kept.",
        Introduction = LibraryStory.Introduction<T>(),
        Methods = $"The members that stand in at least {Needed} sets of {Library} were taken, in the order in which they first appear; a member that one set repeats counts once.",
        TableLegend = $"The {Members} that appear in more than one set of {Library}.",
    };
}
