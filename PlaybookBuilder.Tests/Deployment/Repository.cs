namespace PlaybookBuilder.Tests.Deployment;

/// <summary>The files beside the solution, from which a deployment is made.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));

    private static string Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "PlaybookBuilder.slnx"))) return directory.FullName;
        }

        throw new InvalidOperationException("The tests don't run below their repository.");
    }
}
