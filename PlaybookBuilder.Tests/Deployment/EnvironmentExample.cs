namespace PlaybookBuilder.Tests.Deployment;

/// <summary>.env.example: a setting a line, comments above it.</summary>
internal static class EnvironmentExample
{
    public static string[] Lines { get; } = File.ReadAllLines(Repository.PathOf(".env.example"));

    public static IEnumerable<string> Names => Lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=')[0]);

    /// <summary>The comment above a setting, or above the settings that it is one of.</summary>
    public static string CommentOf(string name)
    {
        var index = Array.FindIndex(Lines, line => line.StartsWith($"{name}=", StringComparison.Ordinal));
        var above = Lines.Take(index).Reverse().SkipWhile(line => line.Length > 0 && line[0] != '#').TakeWhile(line => line.StartsWith("# ", StringComparison.Ordinal));
        return string.Join('\n', above.Reverse());
    }
}
