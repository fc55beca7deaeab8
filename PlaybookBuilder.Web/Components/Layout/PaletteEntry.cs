using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Web.Components.Playbooks;
using PlaybookBuilder.Web.Components.Shared;

namespace PlaybookBuilder.Web.Components.Layout;

/// <summary>Something that the search of the top bar can open.</summary>
internal sealed record PaletteEntry(string Kind, string Icon, string Hue, string Label, string Text, string Url)
{
    private const int Most = 20;

    /// <summary>What fits the words, best first: those whose label is or begins with all that was typed, then those whose label holds the words, then those whose text does.</summary>
    /// <param name="saved">The visitor's own playbooks.</param>
    /// <param name="published">What was published and fits, in its order.</param>
    public static IReadOnlyList<PaletteEntry> Find(string words, IReadOnlyList<RecentPlaybook> recent, IReadOnlyList<PaletteEntry> components, IReadOnlyList<SavedPlaybook> saved, IReadOnlyList<SavedPlaybook> published)
    {
        var wanted = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. recent.Where(playbook => saved.All(own => own.PlaybookId != playbook.Id)).Select(Of)
            .Concat(saved.Select(OfSaved))
            .Concat(wanted.Length == 0 ? [] : components)
            .Select(entry => (Entry: entry, Score: entry.Score(wanted)))
            // What was found by its words need not have them in its title.
            .Concat(wanted.Length == 0 ? [] : published.Where(playbook => saved.All(own => own.Id != playbook.Id)).Select(OfPublished).Select(entry => (Entry: entry, Score: Math.Max(entry.Score(wanted), 1))))
            .Where(found => found.Score > 0)
            .OrderByDescending(found => found.Score)
            .Take(Most)
            .Select(found => found.Entry)];
    }

    public static IReadOnlyList<PaletteEntry> Components(ComponentCatalog catalog) =>
    [
        .. catalog.ProcessTypes.Where(type => !type.Description.Hidden).Select(Of),
        .. catalog.DataTypes.Select(Of),
    ];

    private static PaletteEntry OfSaved(SavedPlaybook playbook) => new("My playbook", "save", TypeLook.OtherHue, playbook.Title, string.Join(", ", playbook.Tags), AppUrls.Graph(playbook.PlaybookId));

    private static PaletteEntry OfPublished(SavedPlaybook playbook) => new("Published playbook", "publish", TypeLook.OtherHue, playbook.Title, playbook.Authors, AppUrls.OpenPublished(playbook.Id));

    private static PaletteEntry Of(RecentPlaybook playbook) =>
        new("Recent playbook", "graph", TypeLook.OtherHue, playbook.Title, playbook.Steps == 1 ? "1 step" : $"{playbook.Steps} steps", AppUrls.Graph(playbook.Id));

    private static PaletteEntry Of(ProcessType type) =>
        new("Component", type.IsPrompt ? "prompt" : "function", TypeLook.Of(type.Output).Hue, type.Description.Label, type.Description.Text, AppUrls.Component(type.Spec));

    private static PaletteEntry Of(DataType type) =>
        new("Data type", TypeLook.Of(type).Icon, TypeLook.Of(type).Hue, type.Description.Label, type.Description.Text, AppUrls.Component(type.Spec));

    private int Score(string[] wanted)
    {
        var score = 1;
        foreach (var word in wanted)
        {
            if (Label.StartsWith(word, StringComparison.OrdinalIgnoreCase)) score += 4;
            else if (Label.Contains($" {word}", StringComparison.OrdinalIgnoreCase)) score += 3;
            else if (Label.Contains(word, StringComparison.OrdinalIgnoreCase)) score += 2;
            else if (Text.Contains(word, StringComparison.OrdinalIgnoreCase)) score += 1;
            else return 0;
        }

        return score + ScoreOfBeginning(string.Join(' ', wanted));
    }

    // More than all words together can count.
    private int ScoreOfBeginning(string phrase) =>
        phrase.Length == 0 || !Label.StartsWith(phrase, StringComparison.OrdinalIgnoreCase) ? 0 : Label.Length == phrase.Length ? 2_000 : 1_000;
}
