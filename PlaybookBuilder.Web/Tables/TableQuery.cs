using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace PlaybookBuilder.Web.Tables;

/// <summary>What of a table is shown, and in which order. It travels in the query string of a download.</summary>
public sealed record TableQuery
{
    public static readonly TableQuery Everything = new();

    /// <summary>Only rows with this text in a shown column, upper or lower case.</summary>
    public string Filter { get; init; } = "";

    /// <summary>The column to sort by; null keeps the table's own order.</summary>
    public int? SortBy { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>The columns that are not shown.</summary>
    public IReadOnlyCollection<int> Hidden { get; init; } = [];

    public IEnumerable<TableColumn> ColumnsOf(TableContent content) => content.Columns.Where((_, i) => !Hidden.Contains(i));

    /// <summary>The numbers of the shown rows, in order. Rows without a number stand last, whichever way one sorts.</summary>
    public int[] RowsOf(TableContent content)
    {
        var rows = Enumerable.Range(0, content.RowCount);
        if (Filter.Trim() is { Length: > 0 } wanted)
        {
            var columns = ColumnsOf(content).ToArray();
            rows = rows.Where(row => columns.Any(column => column.Text(row).Contains(wanted, StringComparison.OrdinalIgnoreCase)));
        }

        return SortBy is { } index && index < content.Columns.Count ? Sort([.. rows], content.Columns[index]) : [.. rows];
    }

    /// <summary>Up, down, then the table's own order again.</summary>
    public TableQuery SortedBy(int column) =>
        SortBy != column ? this with { SortBy = column, IsDescending = false }
        : IsDescending ? this with { SortBy = null, IsDescending = false }
        : this with { IsDescending = true };

    public string ToQueryString()
    {
        var query = new QueryBuilder();
        if (Filter.Trim() is { Length: > 0 } filter) query.Add("filter", filter);
        if (SortBy is { } column) query.Add("sort", column.ToString(CultureInfo.InvariantCulture));
        if (IsDescending) query.Add("descending", "true");
        if (Hidden.Count > 0) query.Add("hidden", string.Join(',', Hidden.Order()));
        return query.ToString();
    }

    /// <summary>Reads what <see cref="ToQueryString"/> wrote; what it could not have written is ignored.</summary>
    public static TableQuery Parse(IQueryCollection query) => new()
    {
        Filter = query["filter"].ToString(),
        SortBy = int.TryParse(query["sort"], NumberStyles.None, CultureInfo.InvariantCulture, out var column) ? column : null,
        IsDescending = query["descending"] == "true",
        Hidden = [.. query["hidden"].ToString().Split(',').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1).Where(index => index >= 0)],
    };

    private int[] Sort(int[] rows, TableColumn column)
    {
        if (!column.IsNumber)
        {
            var texts = rows.Select(column.Text);
            return [.. IsDescending
                ? rows.Zip(texts).OrderByDescending(pair => pair.Second, StringComparer.OrdinalIgnoreCase).Select(pair => pair.First)
                : rows.Zip(texts).OrderBy(pair => pair.Second, StringComparer.OrdinalIgnoreCase).Select(pair => pair.First)];
        }

        var numbers = rows.Select(row => (Row: row, Number: column.Number(row)));
        var known = numbers.Where(pair => !double.IsNaN(pair.Number));
        var ordered = IsDescending ? known.OrderByDescending(pair => pair.Number) : known.OrderBy(pair => pair.Number);
        return [.. ordered.Concat(numbers.Where(pair => double.IsNaN(pair.Number))).Select(pair => pair.Row)];
    }
}
