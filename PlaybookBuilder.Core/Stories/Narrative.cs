using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Stories;

/// <summary>A piece of a paragraph.</summary>
public abstract record StoryPart
{
    public sealed record Words(string Text) : StoryPart;

    /// <summary>A mark that refers to an entry of the list of references.</summary>
    public sealed record Reference(int Number) : StoryPart;

    /// <summary>A mention of the figure or table that a step shows.</summary>
    public sealed record FigureMention(FigureNumber Figure) : StoryPart;
}

/// <summary>The number under which the output of a step is shown.</summary>
/// <param name="Step">The index of the step.</param>
public sealed record FigureNumber(int Step, bool IsTable, int Number)
{
    public string Label => $"{(IsTable ? "Table" : "Figure")} {Number}";
}

/// <summary>What a step tells.</summary>
public sealed record StepStory(
    IReadOnlyList<StoryPart> Abstract,
    IReadOnlyList<StoryPart> Introduction,
    IReadOnlyList<StoryPart> Methods,
    FigureNumber? Figure,
    IReadOnlyList<StoryPart> Legend);

/// <summary>The story of a whole playbook: a story a step, figures and tables numbered in the order of the steps, references in the order of their first use.</summary>
public sealed record Narrative(IReadOnlyList<StepStory> Steps, IReadOnlyList<Citation> References);
