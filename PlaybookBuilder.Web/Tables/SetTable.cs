using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Web.Tables;

internal sealed class SetTable<T> : ResultTable<Set<T>>
    where T : ICollectable
{
    public override string LibraryFormat => "gmt";

    protected override TableContent Tabulate(Set<T> value) => TableContent.OfList(T.Label, value.Terms);

    protected override IEnumerable<LibraryLine> ToLibrary(Set<T> value) => [new($"{T.Label} Set", value.Description ?? "", value.Terms)];
}
