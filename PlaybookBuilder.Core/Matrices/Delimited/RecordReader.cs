using System.Runtime.CompilerServices;
using System.Text;

namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>
/// Divides a text into records and fields after RFC 4180 (quoted fields, doubled quotes, line breaks within quotes; LF as well as CRLF) without ever holding
/// more of it than a buffer. The fields of a record are bytes in that buffer, good until the next record is read.
/// </summary>
internal sealed class RecordReader(Stream text, ReadOptions options)
{
    private const int FirstBuffer = 256 * 1024;
    private const int LongestRecord = 256 * 1024 * 1024;
    private const byte Quote = (byte)'"';

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _buffer = new byte[FirstBuffer];
    private (int Start, int Length, bool Escaped)[] _fields = new (int, int, bool)[16];
    private int _start;
    private int _end;
    private bool _ended;
    private bool _quotes;
    private long _bytes;
    private byte _delimiter;

    public int FieldCount { get; private set; }

    /// <summary>The number of the current record; the first is 1, blank lines count.</summary>
    public long Row { get; private set; }

    /// <summary>True when no field of the current record has any text.</summary>
    public bool IsBlank
    {
        get
        {
            for (var i = 0; i < FieldCount; i++)
                if (_fields[i].Length > 0) return false;
            return true;
        }
    }

    /// <summary>The text of a field, without quotes.</summary>
    public ReadOnlySpan<byte> this[int field] => _buffer.AsSpan(_fields[field].Start, _fields[field].Length);

    /// <summary>Reads the beginning and settles the delimiter.</summary>
    /// <param name="text">UTF-8, with or without a byte order mark.</param>
    /// <param name="delimiter">The delimiter, or null to find it.</param>
    /// <param name="quotes">Whether fields may be quoted.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="MatrixFormatException">The text is empty or no text.</exception>
    public static async Task<RecordReader> OpenAsync(Stream text, byte? delimiter, bool quotes, ReadOptions options, CancellationToken cancellationToken)
    {
        var reader = new RecordReader(text, options);
        await reader.FillAsync(cancellationToken).ConfigureAwait(false);
        reader._start = TextContent.MarkLength(reader.Unread);
        reader._delimiter = delimiter ?? Delimiters.Detect(reader.Unread);
        reader._quotes = quotes;
        return reader;
    }

    private ReadOnlySpan<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Goes to the next record. False at the end of the text.</summary>
    public ValueTask<bool> ReadAsync(CancellationToken cancellationToken) =>
        TryTake() ? new ValueTask<bool>(true) : ReadOnAsync(cancellationToken);

    /// <summary>The text of a field as a string, without surrounding blanks.</summary>
    /// <exception cref="MatrixFormatException">The field is not UTF-8.</exception>
    public string Text(int field)
    {
        try
        {
            return StrictUtf8.GetString(this[field]).Trim();
        }
        catch (DecoderFallbackException exception)
        {
            throw new MatrixFormatException($"Row {Row}: the text '{MatrixFormatException.Shortened(Encoding.Latin1.GetString(this[field]))}' is not in UTF-8. Save the file as UTF-8.", exception) { Row = Row };
        }
    }

    private async ValueTask<bool> ReadOnAsync(CancellationToken cancellationToken)
    {
        while (!_ended)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
            if (TryTake()) return true;
        }
        return false;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        var room = _buffer.AsMemory(_end);
        int read;
        try
        {
            read = await text.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            throw new MatrixFormatException("The file begins like a gzip archive, but can't be unpacked: it is damaged or cut off.", exception);
        }
        _ended = read < room.Length;
        _bytes += read;
        if (_bytes > options.MaxBytes) throw new MatrixFormatException($"The file is larger than {options.MaxBytes:N0} bytes of text, which is the limit here.");
        if (_bytes == read) TextContent.RefuseOtherKinds(room.Span[..read]);
        if (room.Span[..read].Contains((byte)0)) throw new MatrixFormatException(Row == 0 ? "This is not a text file." : $"This is not a text file: there are binary data after row {Row}.") { Row = Row };
        _end += read;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            Unread.CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }
        if (_end < _buffer.Length) return;
        if (_buffer.Length >= LongestRecord) throw new MatrixFormatException($"Row {Row + 1} has no end within {LongestRecord:N0} bytes (a quote that is never closed?).") { Row = Row + 1 };
        Array.Resize(ref _buffer, _buffer.Length * 2);
    }

    /// <summary>Takes one record out of the buffer; false when its end is not there yet. Changes nothing then.</summary>
    // A process may read one file only: too few rows for the run-time to find out by itself that this is worth compiling well.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryTake()
    {
        if (_start == _end) return false;
        FieldCount = 0;
        var position = _start;
        while (true)
        {
            if (!TryTakeField(ref position)) return false;
            if (position < _end && _buffer[position] == _delimiter)
            {
                position++;
                continue;
            }
            break;
        }
        _start = Math.Min(position + 1, _end);
        Row++;
        for (var i = 0; i < FieldCount; i++)
            if (_fields[i].Escaped) Unescape(ref _fields[i]);
        return true;
    }

    /// <summary>Takes one field and leaves the position on what ends it: a delimiter, a line feed or the end of the text.</summary>
    private bool TryTakeField(ref int position) =>
        _quotes && position < _end && _buffer[position] == Quote ? TryTakeQuoted(ref position) : TryTakePlain(ref position);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool TryTakePlain(ref int position)
    {
        var length = _buffer.AsSpan(position, _end - position).IndexOfAny(_delimiter, (byte)'\n');
        if (length < 0)
        {
            if (!_ended) return false;
            length = _end - position;
        }
        var end = position + length;
        var atLineEnd = end == _end || _buffer[end] == '\n';
        Add(position, atLineEnd && length > 0 && _buffer[end - 1] == '\r' ? length - 1 : length, escaped: false);
        position = end;
        return true;
    }

    private bool TryTakeQuoted(ref int position)
    {
        var escaped = false;
        var end = position + 1;
        while (true)
        {
            var length = _buffer.AsSpan(end, _end - end).IndexOf(Quote);
            if (length < 0 && _ended) throw new MatrixFormatException($"Row {Row + 1}: a quoted cell is never closed.") { Row = Row + 1 };
            if (length < 0) return false;
            end += length;
            if (end + 1 == _end && !_ended) return false;
            if (end + 1 == _end || _buffer[end + 1] != Quote) break;
            escaped = true;
            end += 2;
        }
        var after = end + 1;
        if (after < _end && _buffer[after] == '\r')
        {
            if (after + 1 == _end && !_ended) return false;
            after++;
        }
        if (after < _end && _buffer[after] != _delimiter && _buffer[after] != '\n')
            throw new MatrixFormatException($"Row {Row + 1}: there is text between the closing quote of a cell and the next delimiter.") { Row = Row + 1 };

        Add(position + 1, end - position - 1, escaped);
        position = after;
        return true;
    }

    private void Add(int start, int length, bool escaped)
    {
        if (FieldCount == _fields.Length) Array.Resize(ref _fields, _fields.Length * 2);
        _fields[FieldCount++] = (start, length, escaped);
    }

    /// <summary>Makes one quote of two, in place: the result is the shorter.</summary>
    private void Unescape(ref (int Start, int Length, bool Escaped) field)
    {
        var bytes = _buffer.AsSpan(field.Start, field.Length);
        var written = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[written++] = bytes[i];
            if (bytes[i] == Quote) i++;
        }
        field = (field.Start, written, false);
    }
}
