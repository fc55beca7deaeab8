namespace PlaybookBuilder.Core.Workflows;

/// <summary>What a playbook says of itself in the report.</summary>
/// <param name="Summary">Which summary the report shows: auto, gpt or manual.</param>
/// <param name="GptSummary">A reworded summary, kept from imported documents.</param>
public sealed record PlaybookMetadata(string Title = "", string Description = "", string Summary = "auto", string GptSummary = "")
{
    /// <summary>The id by content; computed, so ask once.</summary>
    public Guid ToId() => new CanonicalArray().Add(Title).Add(Description).Add(Summary).Add(GptSummary).ToId();
}
