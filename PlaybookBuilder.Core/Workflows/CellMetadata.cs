namespace PlaybookBuilder.Core.Workflows;

/// <summary>How a step is shown in the report.</summary>
public sealed record CellMetadata(string Label = "", string Description = "", bool ProcessVisible = true, bool DataVisible = true)
{
    /// <summary>The id by content; computed, so ask once.</summary>
    public Guid ToId() => new CanonicalArray().Add(Label).Add(Description).Add(ProcessVisible).Add(DataVisible).ToId();
}
