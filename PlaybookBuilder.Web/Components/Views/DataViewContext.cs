namespace PlaybookBuilder.Web.Components.Views;

/// <summary>Where a shown value comes from.</summary>
/// <param name="DataId">The stored value; null when the value is not stored, and then there is nothing to download.</param>
/// <param name="Label">What the value is called to people, as the accessible name of its view.</param>
public sealed record DataViewContext(Guid? DataId, string Label)
{
    public Guid? ProcessId { get; init; }

    public Guid? StepId { get; init; }
}
