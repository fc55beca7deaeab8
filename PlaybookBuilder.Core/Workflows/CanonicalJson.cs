using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PlaybookBuilder.Core.Workflows;

/// <summary>
/// The JSON Canonicalization Scheme (RFC 8785): one text for each JSON value, so that equal values have equal ids.
/// </summary>
/// <remarks>
/// Numbers are IEEE 754 doubles written as ECMAScript writes them, members are ordered by UTF-16 code units, nothing is
/// escaped that need not be. Text that cannot be stored everywhere (lone surrogates, NUL) is refused.
/// </remarks>
public static class CanonicalJson
{
    private const int DeepestNesting = 64;

    /// <summary>Parses a JSON text and returns its canonical form.</summary>
    /// <exception cref="WorkflowException">The text is not JSON, or has no canonical form.</exception>
    public static string Canonicalize(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            return Serialize(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw WorkflowException.Invalid($"This is not JSON: {exception.Message}");
        }
        catch (ArgumentException exception)
        {
            // A lone surrogate that stands in the text itself.
            throw WorkflowException.Invalid($"This is not JSON: {exception.Message}");
        }
    }

    /// <summary>Returns the canonical form of a value.</summary>
    /// <exception cref="WorkflowException">The value has no canonical form; the message holds the path in it.</exception>
    public static string Serialize(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, text, "$");
        return text.ToString();
    }

    private static void Write(JsonElement value, StringBuilder text, string path)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, text, path);
                break;
            case JsonValueKind.Array:
                WriteArray(value, text, path);
                break;
            case JsonValueKind.String:
                WriteString(ReadText(value, path), text, path);
                break;
            case JsonValueKind.Number:
                WriteNumber(value, text, path);
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            case JsonValueKind.Null:
                text.Append("null");
                break;
            default:
                throw WorkflowException.Invalid($"At {path}: a value is missing.");
        }
    }

    private static void WriteObject(JsonElement value, StringBuilder text, string path)
    {
        var members = new List<(string Name, JsonElement Value)>();
        foreach (var member in value.EnumerateObject())
        {
            members.Add((ReadName(member, path), member.Value));
        }

        members.Sort(static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        text.Append('{');
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0)
            {
                if (members[i].Name == members[i - 1].Name) throw WorkflowException.Invalid($"At {path}: the member '{members[i].Name}' stands twice.");
                text.Append(',');
            }

            WriteString(members[i].Name, text, path);
            text.Append(':');
            Write(members[i].Value, text, $"{path}.{members[i].Name}");
        }

        text.Append('}');
    }

    private static void WriteArray(JsonElement value, StringBuilder text, string path)
    {
        text.Append('[');
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (index > 0) text.Append(',');
            // The path is only composed for values that can hold something wrong further down.
            var itemPath = item.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? $"{path}[{index}]" : path;
            Write(item, text, itemPath);
            index++;
        }

        text.Append(']');
    }

    // JsonElement throws on text with a lone surrogate that was written as an escape.
    private static string ReadText(JsonElement value, string path)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw WorkflowException.Invalid($"At {path}: the text has half of a surrogate pair.");
        }
    }

    private static string ReadName(JsonProperty member, string path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw WorkflowException.Invalid($"At {path}: the name of a member has half of a surrogate pair.");
        }
    }

    private static readonly SearchValues<char> NeedsCare = SearchValues.Create(CharactersThatNeedCare());

    private static string CharactersThatNeedCare()
    {
        var characters = new StringBuilder("\"\\");
        for (var c = '\0'; c < ' '; c++) characters.Append(c);
        for (var c = '\uD800'; c <= '\uDFFF'; c++) characters.Append(c);
        return characters.ToString();
    }

    internal static void WriteString(string value, StringBuilder text, string path)
    {
        text.Append('"');
        if (value.AsSpan().IndexOfAny(NeedsCare) < 0) text.Append(value);
        else WriteEscaped(value, text, path);
        text.Append('"');
    }

    private static void WriteEscaped(string value, StringBuilder text, string path)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            switch (c)
            {
                case '"': text.Append("\\\""); break;
                case '\\': text.Append("\\\\"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\0': throw WorkflowException.Invalid($"At {path}: the text has a NUL character.");
                case < ' ': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default:
                    if (char.IsSurrogate(c))
                    {
                        if (i + 1 == value.Length || !char.IsSurrogatePair(c, value[i + 1])) throw WorkflowException.Invalid($"At {path}: the text has half of a surrogate pair.");
                        text.Append(c).Append(value[++i]);
                    }
                    else
                    {
                        text.Append(c);
                    }

                    break;
            }
        }
    }

    private static void WriteNumber(JsonElement value, StringBuilder text, string path)
    {
        if (!value.TryGetDouble(out var number) || !double.IsFinite(number)) throw WorkflowException.Invalid($"At {path}: {value.GetRawText()} is too large a number.");
        text.Append(FormatNumber(number));
    }

    /// <summary>Writes a finite number as ECMAScript's <c>Number::toString</c> does (RFC 8785, section 3.2.2.3).</summary>
    internal static string FormatNumber(double number)
    {
        if (number == 0) return "0";
        if (number < 0) return "-" + FormatNumber(-number);

        // .NET gives the same shortest round-trip digits as ECMAScript; only their layout differs.
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var (digits, exponent) = Decompose(shortest);
        var k = digits.Length;
        var n = exponent;

        if (k <= n && n <= 21) return digits + new string('0', n - k);
        if (n is > 0 and <= 21) return string.Concat(digits.AsSpan(0, n), ".", digits.AsSpan(n));
        if (n is > -6 and <= 0) return "0." + new string('0', -n) + digits;

        var power = n - 1;
        var sign = power < 0 ? '-' : '+';
        var mantissa = k == 1 ? digits : string.Concat(digits.AsSpan(0, 1), ".", digits.AsSpan(1));
        return string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{sign}{Math.Abs(power)}");
    }

    /// <summary>Splits a positive number into its significant digits and n, where the value is 0.digits x 10^n.</summary>
    private static (string Digits, int N) Decompose(string shortest)
    {
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var power = e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var digits = point < 0 ? mantissa : whole + mantissa[(point + 1)..];
        var leadingZeros = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), whole.Length + power - leadingZeros);
    }
}
