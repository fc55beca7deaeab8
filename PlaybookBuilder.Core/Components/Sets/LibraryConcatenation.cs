using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>Joins libraries to one, in the order of the inputs. Nothing is lost: of equal labels all stay.</summary>
/// <remarks>A set whose label is taken stands under "label (2)" and so on, with a warning, unless it is the same set with the same description: that one stays once.</remarks>
internal sealed class LibraryConcatenation<T> : Resolver<LibraryConcatenation<T>.Inputs, Library<T>>
    where T : ILibraryMember
{
    public sealed record Inputs(IReadOnlyList<Library<T>> Libraries) : IArgumentNames
    {
        static string IArgumentNames.NameOf(string parameter) => $"{T.Library.Argument}s";
    }

    public override Description Description { get; } = new($"{T.Library.Name}Concatenate", $"Concatenate {T.Library.Name}s", $"Join several {T.Library.Name}s to one");

    protected override Task<Library<T>> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        var labels = new FreeLabels();
        var joined = new OrderedDictionary<string, Set<T>>(StringComparer.Ordinal);
        foreach (var (label, set) in inputs.Libraries.SelectMany(static library => library.Sets))
        {
            if (joined.TryGetValue(label, out var held) && IsSame(held, set)) continue;

            var free = labels.Take(label);
            joined.Add(free, set);
            if (free != label) progress.Warn($"'{label}' stands in more than one place with different sets; one of them is called '{free}' now.");
        }

        return Task.FromResult(new Library<T>(joined));
    }

    private static bool IsSame(Set<T> one, Set<T> other) => one.Description == other.Description && one.Terms.SequenceEqual(other.Terms, StringComparer.Ordinal);

    protected override Story Tell(Inputs? inputs, Library<T>? output) => new()
    {
        Abstract = $"The libraries of {Noun.Of<T>()} sets were joined to one.",
        Introduction = LibraryStory.Introduction<T>(),
        Methods = $"The sets of {Figure.Of(nameof(Inputs.Libraries))} were listed one after the other. A set whose label was already taken by a different one was given that label with a number.",
        TableLegend = $"The {Noun.Of<T>()} sets of {Figure.Of(nameof(Inputs.Libraries))}.",
    };
}
