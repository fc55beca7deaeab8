namespace PlaybookBuilder.Tests.Support;

/// <summary>Published inputs and specifications that lie beside the repository on some machines; a test that needs one is skipped elsewhere.</summary>
internal static class RealFiles
{
    public static FileStream Open(string name) => File.OpenRead(Need(Path.Combine("data", name)));

    /// <summary>The folder of a specification.</summary>
    public static string Specification(string name) => Need(Path.Combine("specs", name));

    private static string Need(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PlaybookBuilder.slnx"))) folder = folder.Parent;
        var path = Path.Combine(folder?.Parent?.FullName ?? "", "shared", name);
        Assert.SkipUnless(Path.Exists(path), $"{name} is not there.");
        return path;
    }
}
