using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace PlaybookBuilder.Web.Api;

/// <summary>How long a client wants to wait for an answer: <c>Prefer: wait=10</c> (RFC 7240, section 4.3).</summary>
internal static class WaitPreference
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <returns>Null when nothing (that can be understood) is said; a preference is never a reason to refuse.</returns>
    public static TimeSpan? Of(HttpRequest request) => Parse(request.Headers["Prefer"]);

    internal static TimeSpan? Parse(StringValues header)
    {
        foreach (var preference in header.SelectMany(static line => line?.Split(',') ?? []))
        {
            // A preference may have parameters after a semicolon; wait has none that mean anything.
            var token = preference.Split(';')[0].Split('=', 2);
            if (token is not [var name, var value] || !name.Trim().Equals("wait", StringComparison.OrdinalIgnoreCase)) continue;
            if (!uint.TryParse(value.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) continue;

            return seconds < Longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Longest;
        }

        return null;
    }
}
