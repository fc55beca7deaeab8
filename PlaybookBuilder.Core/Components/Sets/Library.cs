using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>Labelled sets: a GMT of genes, a DMT of drugs. In JSON an object from the label to the set.</summary>
/// <remarks>
/// The sets stand in the order in which they were given. Between steps a value travels as canonical JSON (RFC 8785), in which the members of an object,
/// so the labels, are ordered by their UTF-16 code units.
/// </remarks>
public sealed class Library<T> : IData, IChecked, IBareData<Library<T>, OrderedDictionary<string, Set<T>>>
    where T : ILibraryMember
{
    private readonly OrderedDictionary<string, Set<T>> _sets;

    /// <exception cref="ArgumentException">Two sets have the same label.</exception>
    public Library(IEnumerable<KeyValuePair<string, Set<T>>> sets) => _sets = new(sets, StringComparer.Ordinal);

    public static DataDescription Description { get; } = new(T.Library.Name, T.Library.Label, $"A library of {Noun.Of<T>()} sets, each under a label")
    {
        Type = T.Label,
        Cardinality = "Library",
        Example = new Library<T>([new($"Example {Noun.Of<T>()} set", new Set<T>([.. T.ExampleSet]))]),
    };

    /// <summary>The sets by their labels, in order.</summary>
    public IReadOnlyDictionary<string, Set<T>> Sets => _sets;

    OrderedDictionary<string, Set<T>> IBareData<Library<T>, OrderedDictionary<string, Set<T>>>.Bare => _sets;

    static Library<T> IBareData<Library<T>, OrderedDictionary<string, Set<T>>>.Of(OrderedDictionary<string, Set<T>> bare) => new(bare);

    public IEnumerable<(string Path, string Problem)> Check()
    {
        foreach (var (label, set) in _sets)
        {
            var path = JsonPath.Member("$", label);
            if (set is null) yield return (path, "expected a set, found null");
            else foreach (var (inner, problem) in set.Check()) yield return (path + inner[1..], problem);
        }
    }
}
