using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Sets;

namespace PlaybookBuilder.Core.Components.Primitives;

public sealed class Drug : IRankable, ILibraryMember
{
    public static string Name => "Drug";

    public static string Label => "Drug";

    public static string Plural => "Drugs";

    public static string Example => "imatinib";

    public static IReadOnlyList<string> ExampleSet { get; } = ["imatinib", "dasatinib", "nilotinib"];

    public static int PageRank => 3;

    public static LibraryNames Library { get; } = new("DMT", "Drug Matrix Transpose", "sets", "DrugSetsToDMT");
}
