namespace PlaybookBuilder.Core.Files.Checks;

/// <summary>What a run of checks did.</summary>
/// <param name="Contents">How many contents were read.</param>
/// <param name="Damaged">How many of them are not what they were.</param>
internal sealed record CheckedContents(int Contents, int Damaged);
