namespace PlaybookBuilder.Core.Matrices;

/// <summary>A named set of genes; the genes are distinct, in the order of the file.</summary>
public sealed record LibraryTerm(string Term, string Description, IReadOnlyList<string> Genes);

/// <summary>A gene set library. Terms are distinct.</summary>
/// <param name="Terms">The sets, in the order of the file.</param>
/// <param name="MergedTerms">Terms that stood on more than one line; each became one set with the genes of all its lines.</param>
/// <param name="EmptyTerms">Terms without genes; they are not among <paramref name="Terms"/>.</param>
public sealed record GeneSetLibrary(IReadOnlyList<LibraryTerm> Terms, IReadOnlyList<string> MergedTerms, IReadOnlyList<string> EmptyTerms);
