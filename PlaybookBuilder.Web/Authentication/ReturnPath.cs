using System.Buffers;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>Where to go after a sign-in: a path of this application and nothing else.</summary>
internal static class ReturnPath
{
    private const string Start = "/" + AppUrls.Start;
    private const int Longest = 2_000;

    private static readonly SearchValues<char> Dangerous = SearchValues.Create("\\\r\n\t\0");

    /// <summary>The path when it is one of ours, otherwise the start page.</summary>
    public static string OrStart(string? path) => IsLocal(path) ? path! : Start;

    /// <summary>Whether it is a path below this application's base, whichever way browsers read it.</summary>
    public static bool IsLocal(string? path)
    {
        if (path is null or "" || path.Length > Longest || path[0] != '/') return false;

        // What is decoded on the way, even twice, is looked at in every form.
        for (var i = 0; i < 3; i++)
        {
            if (path.StartsWith("//", StringComparison.Ordinal) || path.AsSpan().ContainsAny(Dangerous) || path.Any(char.IsControl)) return false;

            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path) return true;

            path = decoded;
        }

        return false;
    }
}
