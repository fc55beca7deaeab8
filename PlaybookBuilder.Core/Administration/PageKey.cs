using System.Globalization;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Administration;

/// <summary>Where a part of a list begins, as text for addresses: the key of the last row of the part before.</summary>
internal static class PageKey
{
    private const char Separator = '_';

    // Later than any row, and what both databases can hold.
    private static readonly DateTimeOffset Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Guid Last = new("ffffffff-ffff-ffff-ffff-ffffffffffff");

    public static string Of(DateTimeOffset at, Guid id) => Join(at.UtcTicks.ToString(CultureInfo.InvariantCulture), id.ToString("N"));

    public static string Of(DateTimeOffset at, string id) => Join(at.UtcTicks.ToString(CultureInfo.InvariantCulture), id);

    public static string Of(long number, Guid id) => Join(number.ToString(CultureInfo.InvariantCulture), id.ToString("N"));

    public static string Of(long number, string id) => Join(number.ToString(CultureInfo.InvariantCulture), id);

    public static string Of(string id, string name) => Join(id, name);

    public static string Of(int group, long number, Guid id) => Join(group.ToString(CultureInfo.InvariantCulture), Of(number, id));

    public static string Of(int group, Guid id) => Join(group.ToString(CultureInfo.InvariantCulture), Of(id));

    public static string Of(Guid id) => id.ToString("N");

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>For a list that begins with the latest.</summary>
    public static (DateTimeOffset At, Guid Id) ReadTime(string? key) => key is null ? (Latest, Last) : Split(key, 2) is [var at, var id] ? (ToTime(at), ToId(id)) : throw Wrong();

    /// <summary>For a list that begins with the latest, of rows that are named by text.</summary>
    public static (DateTimeOffset At, string Id) ReadTimeAndName(string? key) => key is null ? (Latest, "") : Split(key, 2) is [var at, var id] ? (ToTime(at), ToName(id)) : throw Wrong();

    /// <summary>For a list that begins with the first name.</summary>
    public static string ReadName(string? key) => ToName(key ?? "");

    /// <summary>For a list that begins with the largest number.</summary>
    public static (int Number, Guid Id) ReadNumber(string? key) => key is null ? (int.MaxValue, Last) : Split(key, 2) is [var number, var id] ? (checked((int)ToNumber(number, int.MaxValue)), ToId(id)) : throw Wrong();

    /// <summary>For a list that begins with the largest number, of rows that are named by text.</summary>
    public static (long Number, string Id) ReadNumberAndName(string? key) => key is null ? (long.MaxValue, "") : Split(key, 2) is [var number, var id] ? (ToNumber(number, long.MaxValue), ToName(id)) : throw Wrong();

    /// <summary>For a list in the order of names that several rows can have.</summary>
    public static (string Id, string Name) ReadNamed(string? key) => key is null ? ("", "") : Split(key, 2) is [var id, var name] && !name.Contains('\0', StringComparison.Ordinal) ? (ToName(id), name) : throw Wrong();

    /// <summary>For a list in groups, each of which begins with the smallest number.</summary>
    public static (int Group, long Number, Guid Id) ReadGroup(string? key) => key is null ? (0, long.MinValue, Guid.Empty) : Split(key, 3) is [var group, var number, var id] ? ((int)ToNumber(group, int.MaxValue), ToNumber(number, long.MaxValue), ToId(id)) : throw Wrong();

    /// <summary>For a list in groups, each in the order of something that the row of the id tells.</summary>
    public static (int Group, Guid? Id) ReadPlace(string? key) => key is null ? (0, null) : Split(key, 2) is [var group, var id] ? ((int)ToNumber(group, int.MaxValue), ToId(id)) : throw Wrong();

    /// <summary>For a list that begins with what came last, of rows whose ids tell when they came.</summary>
    public static Guid ReadLatest(string? key) => key is null ? Last : ToId(key);

    /// <summary>For a list that begins with the largest key.</summary>
    public static long ReadId(string? key) => key is null ? long.MaxValue : ToNumber(key, long.MaxValue);

    public static WorkflowException Wrong() => WorkflowException.Invalid("The place in the list is not one that a page gave; begin with its first page.");

    private static string Join(string first, string second) => $"{first}{Separator}{second}";

    private static string[] Split(string key, int parts) => key.Split(Separator, parts);

    private static DateTimeOffset ToTime(string text) => new(ToNumber(text, Latest.UtcTicks), TimeSpan.Zero);

    private static long ToNumber(string text, long most) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number <= most && (most == long.MaxValue || number >= 0) ? number : throw Wrong();

    private static Guid ToId(string text) => Guid.TryParseExact(text, "N", out var id) ? id : throw Wrong();

    private static string ToName(string text) => FilterText.Check(text, "after")!;
}
