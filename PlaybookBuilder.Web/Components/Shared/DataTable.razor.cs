using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using PlaybookBuilder.Web.Components.Views;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Components.Shared;

/// <summary>A table of any size: only the rows in view travel. Sorts, filters, hides columns, copies and downloads.</summary>
public sealed partial class DataTable : ComponentBase, IAsyncDisposable
{
    private const float RowHeight = 29;

    private TableContent? _ordered;
    private TableQuery _query = TableQuery.Everything;
    private int[] _rows = [];
    private (int Index, TableColumn Column)[] _shown = [];
    private string? _copyProblem;
    private bool _copied;
    private JsModule? _module;

    /// <summary>The accessible name: what the table shows.</summary>
    [Parameter, EditorRequired] public required string Name { get; set; }

    [Parameter, EditorRequired] public required TableContent Content { get; set; }

    /// <summary>The stored value that the table is of; without it there is nothing to download.</summary>
    [Parameter] public Guid? DataId { get; set; }

    /// <summary>A cell before the others, for choosing the row; gets the row's number.</summary>
    [Parameter] public RenderFragment<int>? Lead { get; set; }

    [Parameter] public string? LeadName { get; set; }

    /// <summary>More links in the download menu.</summary>
    [Parameter] public RenderFragment? Downloads { get; set; }

    /// <summary>More controls above the rows.</summary>
    [Parameter] public RenderFragment? Tools { get; set; }

    [Inject] public required IJSRuntime JS { get; set; }

    /// <summary>The numbers of the rows that pass the filter, in order.</summary>
    public IReadOnlyList<int> Rows => _rows;

    private IEnumerable<(int Index, TableColumn Column)> ShownColumns => _shown;

    private string ShapeText => _rows.Length == Content.RowCount ? $"Shape: {Content.Shape}" : $"{_rows.Length:#,0} of {TableContent.Count(Content.RowCount, "row")}";

    public async ValueTask DisposeAsync()
    {
        if (_module is not null) await _module.DisposeAsync();
    }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_ordered, Content)) return;

        // Another value may have other columns, so that what was hidden or sorted by means nothing any more.
        Order(_ordered is not null && _ordered.Columns.Count == Content.Columns.Count ? _query : TableQuery.Everything);
    }

    private void Order(TableQuery query)
    {
        _query = query;
        _ordered = Content;
        _rows = query.RowsOf(Content);
        _shown = [.. Content.Columns.Index().Where(column => !query.Hidden.Contains(column.Index))];
        _copied = false;
    }

    private void Filter(string? words) => Order(_query with { Filter = words ?? "" });

    private void Sort(int column) => Order(_query.SortedBy(column));

    private void ToggleColumn(int column) =>
        Order(_query with { Hidden = _query.Hidden.Contains(column) ? [.. _query.Hidden.Where(hidden => hidden != column)] : [.. _query.Hidden, column] });

    private bool IsLastShown(int column) => _shown is [var only] && only.Index == column;

    private string SortOf(int column) => _query.SortBy != column ? "none" : _query.IsDescending ? "descending" : "ascending";

    private string SortMark(int column) => _query.SortBy != column ? "" : _query.IsDescending ? " ▼" : " ▲";

    private async Task CopyAsync()
    {
        _module ??= new JsModule(JS, "./Components/Shared/DataTable.razor.js");
        // The browser fetches the text itself: it may be far larger than what a circuit should carry.
        _copyProblem = await _module.CallAsync<string?>("copy", DataUrls.Table(DataId!.Value, "tsv", _query));
        _copied = _copyProblem is null;
    }
}
