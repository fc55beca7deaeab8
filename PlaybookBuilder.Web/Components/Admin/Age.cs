using System.Globalization;

namespace PlaybookBuilder.Web.Components.Admin;

/// <summary>How long something has been so, in one unit.</summary>
internal static class Age
{
    public static string Of(TimeSpan age) => age switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalMinutes: < 1 } => Write(age.TotalSeconds, "s"),
        { TotalHours: < 1 } => Write(age.TotalMinutes, "min"),
        { TotalDays: < 1 } => Write(age.TotalHours, "h"),
        _ => Write(age.TotalDays, "d"),
    };

    private static string Write(double number, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(number):0} {unit}");
}
