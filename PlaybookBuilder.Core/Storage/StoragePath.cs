using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace PlaybookBuilder.Core.Storage;

/// <summary>
/// The path of a blob or folder within a store: names joined by '/', relative, compared ordinally. A value of this type can't lead out of its store.
/// </summary>
/// <remarks>
/// A name has 1 to 255 bytes of UTF-8 (what common file systems hold) and a path at most 1,024 (what S3 holds). Not allowed are '.' and '..', control characters, lone surrogates, the backslash
/// (a separator on Windows), and names that begin with <see cref="ReservedPrefix"/>.
/// </remarks>
public sealed record StoragePath
{
    /// <summary>Names that stores keep for writes that are not committed.</summary>
    public const string ReservedPrefix = ".pending-";

    private const int MaxPathBytes = 1024;
    private const int MaxNameBytes = 255;

    private StoragePath(string value) => Value = value;

    public string Value { get; }

    /// <summary>The part after the last '/'.</summary>
    public string Name => Value[(Value.LastIndexOf('/') + 1)..];

    /// <summary>The part before the last '/', or null at the top of the store.</summary>
    public StoragePath? Folder => Value.LastIndexOf('/') is >= 0 and var slash ? new StoragePath(Value[..slash]) : null;

    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/></exception>
    public static StoragePath Parse(string text) =>
        TryParse(text, out var path) ? path : throw new StorageException(StorageErrorKind.InvalidPath, "Not a path in the storage: it must be relative, without '.', '..', control characters, backslashes or overlong names.");

    public static bool TryParse(string? text, [NotNullWhen(true)] out StoragePath? path)
    {
        path = IsPath(text) ? new StoragePath(text) : null;
        return path is not null;
    }

    /// <summary>The path <paramref name="below"/>, seen from the folder above this one.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.InvalidPath"/> when both together are too long.</exception>
    public StoragePath Append(StoragePath below) => Parse($"{Value}/{below.Value}");

    /// <summary>Whether this path lies below <paramref name="folder"/>; everything lies below null, the top of the store.</summary>
    public bool IsWithin(StoragePath? folder) =>
        folder is null || (Value.StartsWith(folder.Value, StringComparison.Ordinal) && Value.Length > folder.Value.Length && Value[folder.Value.Length] == '/');

    /// <summary>The same blob as seen from <paramref name="folder"/>, in which it must lie.</summary>
    public StoragePath RelativeTo(StoragePath folder)
    {
        if (!IsWithin(folder))
            throw new ArgumentException($"'{this}' does not lie within '{folder}'.", nameof(folder));

        return new StoragePath(Value[(folder.Value.Length + 1)..]);
    }

    public override string ToString() => Value;

    private static bool IsPath([NotNullWhen(true)] string? text)
    {
        if (text is null || text.Length > MaxPathBytes)
            return false;

        var bytes = -1;
        foreach (var segment in text.AsSpan().Split('/'))
        {
            if (!IsName(text.AsSpan(segment), out var nameBytes))
                return false;

            bytes += 1 + nameBytes;
        }

        return bytes <= MaxPathBytes;
    }

    private static bool IsName(ReadOnlySpan<char> name, out int bytes)
    {
        bytes = 0;
        if (name is "" or "." or ".." || name.StartsWith(ReservedPrefix, StringComparison.OrdinalIgnoreCase))
            return false;

        while (!name.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(name, out var rune, out var consumed) != OperationStatus.Done || Rune.IsControl(rune) || rune.Value == '\\')
                return false;

            bytes += rune.Utf8SequenceLength;
            name = name[consumed..];
        }

        return bytes <= MaxNameBytes;
    }
}
