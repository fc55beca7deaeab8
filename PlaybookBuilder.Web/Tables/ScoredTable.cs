using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Web.Tables;

internal sealed class ScoredTable<T> : ResultTable<Scored<T>>
    where T : IRankable
{
    protected override TableContent Tabulate(Scored<T> value) => new(value.Terms.Length, [
        new TableColumn(T.Label, row => value.Terms[row].Term),
        TableColumn.OfNumbers("ZScore", row => value.Terms[row].ZScore.Value),
    ]);
}
