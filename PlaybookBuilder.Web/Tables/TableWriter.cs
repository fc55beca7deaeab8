using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PlaybookBuilder.Web.Tables;

/// <summary>Writes the shown part of a table as CSV (RFC 4180), TSV or JSON.</summary>
public static class TableWriter
{
    private const int RowsPerFlush = 1000;

    private static readonly SearchValues<char> QuotedInCsv = SearchValues.Create(",\"\r\n");

    public static async Task WriteCsvAsync(TableContent content, TableQuery query, TextWriter writer, CancellationToken cancellationToken) =>
        await WriteLinesAsync(content, query, writer, ',', "\r\n", QuoteCsv, cancellationToken);

    /// <summary>TSV has no quoting: tabs and line breaks within a cell become blanks.</summary>
    public static async Task WriteTsvAsync(TableContent content, TableQuery query, TextWriter writer, CancellationToken cancellationToken) =>
        await WriteLinesAsync(content, query, writer, '\t', "\n", OneLine, cancellationToken);

    /// <summary>A list with an object a row; with a single column, a list of its values.</summary>
    public static async Task WriteJsonAsync(TableContent content, TableQuery query, Stream stream, CancellationToken cancellationToken)
    {
        var columns = query.ColumnsOf(content).ToArray();
        await using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true });
        json.WriteStartArray();
        foreach (var (index, row) in query.RowsOf(content).Index())
        {
            WriteRow(json, columns, row);
            if (index % RowsPerFlush == RowsPerFlush - 1) await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, TableColumn[] columns, int row)
    {
        if (columns is [var only])
        {
            WriteCell(json, only, row);
            return;
        }

        json.WriteStartObject();
        foreach (var column in columns)
        {
            json.WritePropertyName(column.Name);
            WriteCell(json, column, row);
        }

        json.WriteEndObject();
    }

    private static void WriteCell(Utf8JsonWriter json, TableColumn column, int row)
    {
        if (column.IsNumber && double.IsFinite(column.Number(row))) json.WriteNumberValue(column.Number(row));
        else json.WriteStringValue(column.Text(row));
    }

    private static async Task WriteLinesAsync(TableContent content, TableQuery query, TextWriter writer, char separator, string end, Func<string, string> quote, CancellationToken cancellationToken)
    {
        var columns = query.ColumnsOf(content).ToArray();
        await writer.WriteAsync(string.Join(separator, columns.Select(column => quote(column.Name))) + end);
        foreach (var (index, row) in query.RowsOf(content).Index())
        {
            await writer.WriteAsync(string.Join(separator, columns.Select(column => quote(column.Text(row)))) + end);
            if (index % RowsPerFlush == RowsPerFlush - 1) await writer.FlushAsync(cancellationToken);
        }
    }

    private static string QuoteCsv(string cell) => cell.AsSpan().ContainsAny(QuotedInCsv) ? $"\"{cell.Replace("\"", "\"\"")}\"" : cell;

    internal static string OneLine(string cell) => cell.AsSpan().ContainsAny("\t\r\n") ? cell.Replace("\r\n", " ").Replace('\t', ' ').Replace('\r', ' ').Replace('\n', ' ') : cell;
}
