namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>What the rows look for in the builder's page, as selectors.</summary>
internal static class BuilderPage
{
    /// <summary>The list of steps with the selected one, and that step with its result.</summary>
    public static readonly string[] Complete = ["ol.path [aria-current=step]", "article.step .result"];

    /// <summary>There when what is clicked reaches the server.</summary>
    public const string Interactive = "html[data-interactive]";
}
