using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>Takes those members of a library that stand in enough of its sets, in the order in which they first appear.</summary>
/// <remarks>A member that one set names twice stands in one set. A library without sets gives an empty set.</remarks>
internal abstract class MembersOfLibrary<T> : Resolver<LibraryInputs<T>, Set<T>>
    where T : ILibraryMember
{
    protected static string Members => Noun.Plural<T>();

    protected static Figure Library => Figure.Of(nameof(LibraryInputs<T>.Library));

    /// <summary>In how many of a library's sets a member has to stand.</summary>
    protected abstract int SetsNeeded(int setsInLibrary);

    protected sealed override Task<Set<T>> ResolveAsync(LibraryInputs<T> inputs, Progress progress, CancellationToken cancellationToken)
    {
        var needed = SetsNeeded(inputs.Library.Sets.Count);
        return Task.FromResult(new Set<T>([.. SetsPerMember(inputs.Library).Where(member => member.Value >= needed).Select(static member => member.Key)]));
    }

    private static OrderedDictionary<string, int> SetsPerMember(Library<T> library)
    {
        var counts = new OrderedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var member in library.Sets.Values.SelectMany(static set => set.Terms.Distinct(StringComparer.Ordinal)))
        {
            counts[member] = counts.GetValueOrDefault(member) + 1;
        }

        return counts;
    }
}
