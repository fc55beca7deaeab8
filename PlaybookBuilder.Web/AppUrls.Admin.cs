namespace PlaybookBuilder.Web;

/// <summary>The administration's addresses.</summary>
public static partial class AppUrls
{
    public const string AdminOverview = "admin";

    public const string AdminJobs = "admin/jobs";

    public const string AdminFailedSteps = "admin/failed-steps";

    public const string AdminPrograms = "admin/programs";

    public const string AdminUsers = "admin/users";

    public const string AdminSessions = "admin/sessions";

    public const string AdminPlaybooks = "admin/playbooks";

    public const string AdminUploads = "admin/uploads";

    public const string AdminRetention = "admin/retention";

    public const string AdminSuggestions = "admin/suggestions";

    public const string AdminErrors = "admin/errors";

    public const string AdminSettings = "admin/settings";

    public const string AdminAudit = "admin/audit";

    /// <summary>The administration's pages in the order of its menu, with their names.</summary>
    public static IReadOnlyList<(string Url, string Title)> Admin { get; } =
    [
        (AdminOverview, "Overview"),
        (AdminJobs, "Jobs"),
        (AdminFailedSteps, "Failed steps"),
        (AdminPrograms, "Programs"),
        (AdminUsers, "Users"),
        (AdminSessions, "Browsers"),
        (AdminPlaybooks, "Playbooks"),
        (AdminUploads, "Uploads"),
        (AdminRetention, "Retention"),
        (AdminSuggestions, "Suggestions"),
        (AdminErrors, "Errors"),
        (AdminAudit, "Audit log"),
        (AdminSettings, "Settings"),
    ];

    public static string AdminUser(Guid id) => $"{AdminUsers}/{id}";

    /// <summary>A list of the administration, narrowed.</summary>
    /// <param name="filters">By their names in the address; those without a value are left out.</param>
    public static string AdminList(string list, params IEnumerable<(string Name, string? Value)> filters)
    {
        var query = string.Join('&', filters.Where(filter => !string.IsNullOrEmpty(filter.Value)).Select(filter => $"{filter.Name}={Uri.EscapeDataString(filter.Value!)}"));
        return query.Length == 0 ? list : $"{list}?{query}";
    }
}
