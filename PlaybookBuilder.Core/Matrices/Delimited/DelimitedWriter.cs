using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>
/// Writes tables as text after RFC 4180, in UTF-8 without a byte order mark and with LF, to a stream as it goes. Numbers are the shortest that
/// read back as the same value; missing values are empty cells.
/// </summary>
public static class DelimitedWriter
{
    private const int FlushAt = 128 * 1024;
    private const int LongestNumber = 40;

    /// <summary>A matrix: an empty cell and the samples, then a line a gene.</summary>
    public static async Task WriteAsync(Matrix matrix, Stream target, char delimiter, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * FlushAt);
        WriteHeader(buffer, matrix.ColumnLabels, delimiter);
        for (var row = 0; row < matrix.RowCount; row++)
        {
            WriteText(buffer, matrix.RowLabels[row], delimiter);
            foreach (var value in matrix.Row(row)) WriteNumber(buffer, value, delimiter);
            buffer.Write("\n"u8);
            await FlushAsync(buffer, target, FlushAt, cancellationToken).ConfigureAwait(false);
        }
        await FlushAsync(buffer, target, 0, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A table of annotations: an empty cell and the names of the columns, then a line a label.</summary>
    public static async Task WriteAsync(Annotations annotations, Stream target, char delimiter, CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteHeader(buffer, annotations.Columns.Select(column => column.Name), delimiter);
        for (var row = 0; row < annotations.Index.Count; row++)
        {
            WriteText(buffer, annotations.Index[row], delimiter);
            foreach (var column in annotations.Columns)
            {
                WriteByte(buffer, delimiter);
                WriteText(buffer, column.Values[row], delimiter);
            }
            buffer.Write("\n"u8);
            await FlushAsync(buffer, target, FlushAt, cancellationToken).ConfigureAwait(false);
        }
        await FlushAsync(buffer, target, 0, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask FlushAsync(ArrayBufferWriter<byte> buffer, Stream target, int threshold, CancellationToken cancellationToken)
    {
        if (buffer.WrittenCount <= threshold) return;
        await target.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
        buffer.ResetWrittenCount();
    }

    private static void WriteHeader(ArrayBufferWriter<byte> buffer, IEnumerable<string> names, char delimiter)
    {
        foreach (var name in names)
        {
            WriteByte(buffer, delimiter);
            WriteText(buffer, name, delimiter);
        }
        buffer.Write("\n"u8);
    }

    private static void WriteNumber(ArrayBufferWriter<byte> buffer, double value, char delimiter)
    {
        WriteByte(buffer, delimiter);
        if (double.IsNaN(value)) return;

        var span = buffer.GetSpan(LongestNumber);
        var whole = (long)value;
        // Counts are whole, and whole numbers are written several times as fast. (A negative zero is not.)
        var written = whole == value && Math.Abs(value) < 1e15 && !double.IsNegative(value)
            ? Utf8Formatter.TryFormat(whole, span, out var length)
            : value.TryFormat(span, out length, default, CultureInfo.InvariantCulture);
        if (!written) throw new InvalidOperationException("A number is longer than numbers are.");
        buffer.Advance(length);
    }

    private static void WriteText(ArrayBufferWriter<byte> buffer, string text, char delimiter)
    {
        var needsQuotes = text.AsSpan().IndexOfAny(delimiter, '"', '\n') >= 0 || text.Contains('\r');
        Encoding.UTF8.GetBytes(needsQuotes ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text, buffer);
    }

    private static void WriteByte(ArrayBufferWriter<byte> buffer, char character)
    {
        buffer.GetSpan(1)[0] = (byte)character;
        buffer.Advance(1);
    }
}
