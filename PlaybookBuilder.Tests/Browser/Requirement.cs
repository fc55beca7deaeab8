namespace PlaybookBuilder.Tests.Browser;

/// <summary>Something outside the repository that a test needs: without it a test is skipped, but fails in continuous integration.</summary>
internal static class Requirement
{
    public static string Need(string? found, string missing)
    {
        if (found is not null) return found;

        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.Skip(missing);
        return missing;
    }
}
