using PlaybookBuilder.Web.Hosting;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary>What may stand behind <c>serve</c> and <c>worker</c>: settings of ours, of ASP.NET's host, and of sections such as <c>Logging:LogLevel:Default</c>.</summary>
internal static class HostArguments
{
    private static readonly HashSet<string> Names = new(SettingsInForce.Known.Select(static setting => setting.Name), StringComparer.OrdinalIgnoreCase)
    {
        "urls", "http_ports", "https_ports", "environment", "contentRoot", "webRoot", "applicationName", "preferHostingUrls", "suppressStatusMessages", "shutdownTimeoutSeconds", "detailedErrors", "AllowedHosts",
    };

    /// <summary>Finds the first name that nothing reads; the host itself would take it without a word.</summary>
    public static string? FindUnknown(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, hasValue) = Read(arguments[i]);
            if (!Names.Contains(name) && !name.Contains(':')) return arguments[i];
            // The next one is its value.
            if (!hasValue) i++;
        }

        return null;
    }

    private static (string Name, bool HasValue) Read(string argument)
    {
        var name = argument.StartsWith("--", StringComparison.Ordinal) ? argument[2..] : argument.TrimStart('/');
        return name.IndexOf('=') is >= 0 and var end ? (name[..end], true) : (name, false);
    }
}
