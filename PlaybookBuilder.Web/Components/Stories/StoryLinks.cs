namespace PlaybookBuilder.Web.Components.Stories;

/// <summary>Where the mentions of a story lead on the page that shows it.</summary>
/// <param name="Step">The address of a step, by its index.</param>
/// <param name="Reference">The address of an entry of the list of references, by its number.</param>
public sealed record StoryLinks(Func<int, string> Step, Func<int, string> Reference)
{
    public static string ReferenceAnchor(int number) => $"reference-{number}";
}
