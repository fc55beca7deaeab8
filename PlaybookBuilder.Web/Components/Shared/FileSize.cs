using System.Globalization;

namespace PlaybookBuilder.Web.Components.Shared;

/// <summary>Sizes of files as people read them.</summary>
internal static class FileSize
{
    private static readonly string[] Units = ["kB", "MB", "GB", "TB"];

    public static string Describe(long bytes)
    {
        if (bytes < 1000) return string.Create(CultureInfo.InvariantCulture, $"{bytes} {(bytes == 1 ? "byte" : "bytes")}");

        var (size, unit) = (bytes / 1000d, 0);
        while (size >= 999.5 && unit < Units.Length - 1) (size, unit) = (size / 1000, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {Units[unit]}");
    }
}
