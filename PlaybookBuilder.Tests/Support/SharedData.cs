namespace PlaybookBuilder.Tests.Support;

/// <summary>Example files that lie beside the working copy, in <c>../shared/data</c>, on machines that have them.</summary>
internal static class SharedData
{
    /// <summary>The path of a file; null where it is not there.</summary>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", name);
            if (File.Exists(path)) return path;
        }

        return null;
    }
}
