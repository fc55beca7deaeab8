using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>A file with a library: a line a set, tab-separated, with its label, its description and its members. Packed with gzip or not.</summary>
/// <remarks>
/// A label that stands on several lines becomes one set with the members of all of them, and a label without members is left out; both are told as warnings. Repeated and empty members, and the weights that Enrichr appends, are
/// dropped.
/// </remarks>
internal sealed class LibraryKind<T>(IPlaybookFiles files) : FileKind<Library<T>>
    where T : ILibraryMember
{
    public override Description Upload { get; } = new($"{T.Library.Name}FileUpload", $"Upload A {T.Library.Label}", $"Start with a file of labelled {Noun.Of<T>()} sets: {T.Library.Name} or TXT, also gzipped");

    public override Description FromFile { get; } = new($"{T.Library.Name}FromFile", $"Resolve A {T.Library.Label} from a File", $"Check that a file holds labelled {Noun.Of<T>()} sets and take it as a {T.Library.Name}");

    public override string Content => $"a {T.Library.Name} of {Noun.Of<T>()} sets";

    public override async Task<Library<T>> ReadAsync(FileUrl file, Progress progress, CancellationToken cancellationToken)
    {
        var library = await files.ReadAsync(file, GmtReader.ReadAsync, progress, cancellationToken).ConfigureAwait(false);
        if (library.MergedTerms.Count > 0) progress.Warn($"On more than one line, each made one set: {TermList.Enumerate(library.MergedTerms)}.");
        if (library.EmptyTerms.Count > 0) progress.Warn($"Without {Noun.Plural<T>()}, left out: {TermList.Enumerate(library.EmptyTerms)}.");
        return new Library<T>(library.Terms.Select(SetOf));
    }

    public override Story Tell(Library<T>? output) => new()
    {
        Introduction = LibraryStory.Introduction<T>(),
        TableLegend = output is null ? $"A library of {Noun.Of<T>()} sets." : FormattableString.Invariant($"A library of {output.Sets.Count:N0} {Noun.Of<T>()} sets."),
    };

    private static KeyValuePair<string, Set<T>> SetOf(LibraryTerm term) => new(term.Term, new Set<T>([.. term.Genes], term.Description.Length > 0 ? term.Description : null));
}

/// <inheritdoc cref="LibraryKind{T}"/>
internal sealed class LibraryUpload<T>(IPlaybookFiles files) : FileUpload<Library<T>>(new LibraryKind<T>(files)), IExampleFile
    where T : ILibraryMember
{
    public string ExampleFile => $"library.{T.Library.Argument}";
}

/// <inheritdoc cref="LibraryKind{T}"/>
internal sealed class LibraryFromFile<T>(IPlaybookFiles files) : FromFile<Library<T>>(new LibraryKind<T>(files))
    where T : ILibraryMember;
