using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Web.Components.Views;

/// <summary>Shows values of a data type; derive with <c>@inherits</c>. It is found by the type, and serves a whole family when it is generic itself.</summary>
public abstract class DataView<TData> : ComponentBase
    where TData : IData
{
    [Parameter, EditorRequired] public required TData Value { get; set; }

    [Parameter, EditorRequired] public required DataViewContext Context { get; set; }
}
