using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Web.Tables;

internal sealed class RankedTable<T> : ResultTable<Ranked<T>>
    where T : IRankable
{
    public override string LibraryFormat => "gmt";

    protected override TableContent Tabulate(Ranked<T> value) => TableContent.OfList(T.Label, value.Terms);

    protected override IEnumerable<LibraryLine> ToLibrary(Ranked<T> value) => [new($"Ranked {T.Plural}", value.Description ?? "", value.Terms)];
}
