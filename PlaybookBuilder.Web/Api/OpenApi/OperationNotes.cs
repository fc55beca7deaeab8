namespace PlaybookBuilder.Web.Api.OpenApi;

/// <summary>What the description of the API says of an operation.</summary>
internal sealed record OperationNotes(string Summary, string Text)
{
    /// <summary>The name of the schema of the body, for those that take one.</summary>
    public string? Takes { get; init; }

    /// <summary>The name of the schema of the answer; null for one without a body.</summary>
    public required string? Gives { get; init; }

    /// <summary>Whether it waits for results, as long as <c>Prefer: wait=N</c> says.</summary>
    public bool Waits { get; init; }

    public bool IsEventStream { get; init; }

    /// <summary>Status codes beyond those that follow from the rest.</summary>
    public IReadOnlyList<int> Refuses { get; init; } = [];

    public IEnumerable<int> Problems(bool hasParameters)
    {
        IEnumerable<int> ofBody = Takes is null ? [] : [StatusCodes.Status400BadRequest, StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType];
        IEnumerable<int> ofPath = hasParameters ? [StatusCodes.Status404NotFound] : [];
        return ofBody.Concat(ofPath).Concat(Refuses).Order();
    }
}

internal static class OperationNotesMetadata
{
    public static void Describe(this RouteHandlerBuilder route, OperationNotes notes) =>
        route.WithSummary(notes.Summary).WithDescription(notes.Text).WithMetadata(notes);
}
