namespace PlaybookBuilder.Tests.Matrices;

/// <summary>Published inputs that lie beside the repository on some machines; a test that needs one is skipped elsewhere.</summary>
internal static class RealFiles
{
    public static FileStream Open(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PlaybookBuilder.slnx"))) folder = folder.Parent;
        var path = Path.Combine(folder?.Parent?.FullName ?? "", "shared", "data", name);
        Assert.SkipUnless(File.Exists(path), $"The file {name} is not there.");
        return File.OpenRead(path);
    }
}
