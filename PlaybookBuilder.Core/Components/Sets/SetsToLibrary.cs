using System.Globalization;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>Collects sets to a library, each under the label and with the description that the user gives it.</summary>
/// <remarks>Every set needs a label of its own. Empty sets stay; a member that a set repeats is kept once.</remarks>
internal sealed class SetsToLibrary<T> : Prompt<LibraryLabels, SetsToLibrary<T>.Inputs, Library<T>>
    where T : ILibraryMember
{
    public sealed record Inputs(IReadOnlyList<Set<T>> Sets) : IArgumentNames
    {
        static string IArgumentNames.NameOf(string parameter) => T.Library.SetsArgument;
    }

    public override Description Description { get; } = new(T.Library.AssemblySpec, $"Assemble {T.Library.Name} from {T.Label} Sets", $"Collect several {Noun.Of<T>()} sets to one {T.Library.Name}, each under a label");

    protected override string? ProblemOf(LibraryLabels answer)
    {
        if (answer.Terms.FirstOrDefault(static term => string.IsNullOrWhiteSpace(term.Value)).Key is { } place) return NoLabel(int.TryParse(place, CultureInfo.InvariantCulture, out var number) ? number : 0);

        return answer.Terms.Values.GroupBy(static label => label.Trim(), StringComparer.Ordinal).FirstOrDefault(static same => same.Skip(1).Any()) is { } twice ? $"Two sets are labelled '{twice.Key}': give each a label of its own." : null;
    }

    protected override Task<Library<T>> ResolveAsync(LibraryLabels answer, Inputs inputs, Progress progress, CancellationToken cancellationToken)
    {
        if (answer.Terms.Count != inputs.Sets.Count) throw new ProcessFailedException($"Sets: {inputs.Sets.Count}, labels: {answer.Terms.Count}. Give each set its label and submit again.");

        var library = new OrderedDictionary<string, Set<T>>(StringComparer.Ordinal);
        for (var place = 0; place < inputs.Sets.Count; place++)
        {
            var label = answer.LabelOf(place) ?? throw new ProcessFailedException(NoLabel(place));
            library.Add(label, new Set<T>(TermList.Once(inputs.Sets[place].Terms), answer.DescriptionOf(place)));
        }

        return Task.FromResult(new Library<T>(library));
    }

    private static string NoLabel(int place) => FormattableString.Invariant($"Set {place + 1L} has no label: give it one and submit again.");

    protected override Story Tell(LibraryLabels? answer, Inputs? inputs, Library<T>? output) => new()
    {
        Abstract = output is null
            ? $"Several {Noun.Of<T>()} sets were labelled and collected to a library."
            : $"A library was made of these {Noun.Of<T>()} sets: {TermList.Enumerate([.. output.Sets.Keys])}.",
        Introduction = LibraryStory.Introduction<T>(),
        Methods = $"A label was given to each set of {Figure.Of(nameof(Inputs.Sets))}, which were then listed in this order as a {T.Library.Name}.",
        TableLegend = $"The library made of the {Noun.Of<T>()} sets of {Figure.Of(nameof(Inputs.Sets))}.",
    };
}
