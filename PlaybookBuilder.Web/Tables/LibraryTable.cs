using PlaybookBuilder.Core.Components.Primitives;
using PlaybookBuilder.Core.Components.Sets;

namespace PlaybookBuilder.Web.Tables;

internal sealed class LibraryTable<T> : ResultTable<Library<T>>
    where T : ILibraryMember
{
    public override string LibraryFormat => T.Library.Name.ToLowerInvariant();

    protected override TableContent Tabulate(Library<T> value)
    {
        KeyValuePair<string, Set<T>>[] sets = [.. value.Sets];
        return new(sets.Length, [
            new TableColumn("Term", row => sets[row].Key),
            new TableColumn("Description", row => sets[row].Value.Description ?? ""),
            TableColumn.OfNumbers("Size", row => sets[row].Value.Terms.Length),
            new TableColumn($"{T.Label} Set", row => string.Join(", ", sets[row].Value.Terms)),
        ]);
    }

    protected override IEnumerable<LibraryLine> ToLibrary(Library<T> value) => value.Sets.Select(set => new LibraryLine(set.Key, set.Value.Description ?? "", set.Value.Terms));
}
