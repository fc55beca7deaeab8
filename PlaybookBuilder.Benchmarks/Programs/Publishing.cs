using System.Diagnostics;

namespace PlaybookBuilder.Benchmarks.Programs;

/// <summary>The program as users run it: published, in Release.</summary>
internal static class Publishing
{
    private const string Solution = "PlaybookBuilder.slnx";
    private const string Project = "PlaybookBuilder.Web";

    /// <returns>The executable file in the published folder.</returns>
    public static async Task<string> PublishAsync()
    {
        var root = FindSolution();
        var folder = Path.Combine(root, "out", "published");
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["publish", Path.Combine(root, Project), "-c", "Release", "-o", folder, "-v", "quiet", "-nologo"]))
            ?? throw new InvalidOperationException("dotnet could not be started.");
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? Executable(folder) : throw new InvalidOperationException("Publishing failed.");
    }

    public static string Executable(string folder)
    {
        var file = Path.GetFullPath(Path.Combine(folder, Project));
        return File.Exists(file) ? file : throw new FileNotFoundException($"There is no published program in {folder}.");
    }

    /// <summary>The folder of the solution above the one that the benchmarks were built into.</summary>
    public static string FindSolution()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, Solution))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"The benchmarks run from a clone of the repository; {Solution} is not above them.");
    }
}
