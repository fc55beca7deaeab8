namespace PlaybookBuilder.Web.Components.Account;

/// <summary>What people call the browser that calls itself many things.</summary>
internal static class BrowserName
{
    // In this order: most say that they are others, too.
    private static readonly (string Mark, string Name)[] Browsers = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux")];

    public static string Of(string agent)
    {
        var browser = NameIn(Browsers, agent) ?? "Browser";
        return NameIn(Systems, agent) is { } system ? $"{browser} on {system}" : browser;
    }

    private static string? NameIn((string Mark, string Name)[] known, string agent) => known.FirstOrDefault(one => agent.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
