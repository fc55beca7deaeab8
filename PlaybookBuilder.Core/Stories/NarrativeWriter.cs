using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Stories;

/// <summary>Composes the narrative of a playbook from the stories of its steps.</summary>
internal sealed class NarrativeWriter
{
    private readonly Playbook _playbook;
    private readonly IReadOnlyList<Story> _stories;
    private readonly IReadOnlyList<ProcessType?> _types;
    private readonly FigureNumber?[] _figures;
    private readonly List<Citation> _references = [];

    private NarrativeWriter(Playbook playbook, IReadOnlyList<ProcessType?> types, IReadOnlyList<Story> stories)
    {
        _playbook = playbook;
        _types = types;
        _stories = stories;
        _figures = NumberFigures(stories);
    }

    /// <param name="types">The type of each step; null for one that is not available.</param>
    /// <param name="stories">The story of each step.</param>
    public static Narrative Write(Playbook playbook, IReadOnlyList<ProcessType?> types, IReadOnlyList<Story> stories)
    {
        var writer = new NarrativeWriter(playbook, types, stories);
        return new Narrative([.. Enumerable.Range(0, stories.Count).Select(writer.WriteStep)], writer._references);
    }

    private static FigureNumber?[] NumberFigures(IReadOnlyList<Story> stories)
    {
        var (figures, tables) = (0, 0);
        return [.. stories.Select((story, i) => story switch
        {
            { FigureLegend: not null } => new FigureNumber(i, IsTable: false, ++figures),
            { TableLegend: not null } => new FigureNumber(i, IsTable: true, ++tables),
            _ => null,
        })];
    }

    private StepStory WriteStep(int index)
    {
        var story = _stories[index];
        return new StepStory(
            Write(story.Abstract, index),
            Write(story.Introduction, index),
            Write(story.Methods, index),
            _figures[index],
            Write(story.FigureLegend ?? story.TableLegend, index));
    }

    private IReadOnlyList<StoryPart> Write(StoryText? text, int index) =>
        text is null ? [] : [.. text.Parts.SelectMany(part => Write(part, index))];

    private IEnumerable<StoryPart> Write(object part, int index) => part switch
    {
        Citation citation => [new StoryPart.Reference(NumberOf(citation))],
        Figure figure => Mention(figure, index),
        _ => [new StoryPart.Words((string)part)],
    };

    private int NumberOf(Citation citation)
    {
        var known = _references.IndexOf(citation);
        if (known >= 0) return known + 1;

        _references.Add(citation);
        return _references.Count;
    }

    private IEnumerable<StoryPart> Mention(Figure figure, int index)
    {
        var argument = _types[index]?.Arguments.FirstOrDefault(argument => argument.Parameter == figure.Parameter);
        var sources = _playbook.Steps[index].Process.Inputs
            .Select((input, i) => (input.Argument, Source: _playbook.SourcesOf(index)[i]))
            .Where(input => input.Argument == argument?.Name)
            .Select(input => _figures[input.Source])
            .OfType<FigureNumber>()
            .Distinct()
            .ToArray();
        // What an input shows has no number where its step tells no legend: then it is named by its type.
        if (sources.Length == 0) return [new StoryPart.Words($"the {argument?.DataType.Description.Label.ToLowerInvariant() ?? "input"}")];

        return Enumerate(sources);
    }

    private static IEnumerable<StoryPart> Enumerate(FigureNumber[] figures)
    {
        for (var i = 0; i < figures.Length; i++)
        {
            if (i > 0) yield return new StoryPart.Words(i == figures.Length - 1 ? " and " : ", ");
            yield return new StoryPart.FigureMention(figures[i]);
        }
    }
}
