using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Web.Components.Shared;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Components.Views;

/// <summary>Finds the component that shows a data type: its own view, or the table that it can be laid out as.</summary>
public sealed class ViewRegistry(ResultTables tables)
{
    private readonly TypeMatches _views = TypeMatches.OfBase(typeof(ViewRegistry).Assembly, typeof(DataView<>));

    /// <returns>The type of a component with the parameters of <see cref="DataView{TData}"/>; null when there is none.</returns>
    public Type? Find(Type dataType) =>
        _views.Find(dataType) ?? (tables.Find(dataType) is null ? null : typeof(TableView<>).MakeGenericType(dataType));

    public Type? Find(DataType dataType) => Find(dataType.ClrType);
}
