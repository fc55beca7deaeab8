namespace PlaybookBuilder.Tests.Support;

/// <summary>Finds files of the folder <c>shared/data</c> that may stand beside the repository.</summary>
internal static class SharedData
{
    /// <summary>The path of the file, or null where it is missing.</summary>
    public static string? Find(string name)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (!File.Exists(Path.Combine(directory.FullName, "PlaybookBuilder.slnx"))) continue;

            var path = Path.Combine(directory.FullName, "..", "shared", "data", name);
            return File.Exists(path) ? path : null;
        }

        return null;
    }
}
