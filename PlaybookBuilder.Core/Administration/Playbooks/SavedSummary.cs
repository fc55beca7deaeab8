namespace PlaybookBuilder.Core.Administration.Playbooks;

/// <summary>A saved playbook, as administrators see it.</summary>
/// <param name="PlaybookId">The last step of its present version.</param>
/// <param name="Deleted">When its owner deleted it; it is cleaned away later.</param>
internal sealed record SavedSummary(Guid Id, Guid PlaybookId, string Title, Guid OwnerId, string OwnerName, int Version, DateTimeOffset? Published, bool IsCurated, int Clicks, DateTimeOffset Created, DateTimeOffset Updated, DateTimeOffset? Deleted);

/// <summary>Which of all saved playbooks.</summary>
internal enum SavedKind
{
    All = 0,
    Published = 1,

    /// <summary>Those that are shown before the community's, most clicked first.</summary>
    Curated = 2,
}
