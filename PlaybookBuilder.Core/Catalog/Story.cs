namespace PlaybookBuilder.Core.Catalog;

/// <summary>What a process type says of itself in the report. Each section may stay unsaid.</summary>
public sealed record Story
{
    public static readonly Story Untold = new();

    /// <summary>One sentence: what was done.</summary>
    public StoryText? Abstract { get; init; }

    /// <summary>Why one does this.</summary>
    public StoryText? Introduction { get; init; }

    /// <summary>How it was done, in enough detail to repeat it.</summary>
    public StoryText? Methods { get; init; }

    /// <summary>What the output's table shows; makes the output a numbered table.</summary>
    public StoryText? TableLegend { get; init; }

    /// <summary>What the output's figure shows; makes the output a numbered figure.</summary>
    public StoryText? FigureLegend { get; init; }
}
