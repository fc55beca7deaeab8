namespace PlaybookBuilder.Core.Cavatica.Work;

/// <summary>A file in which a playbook may be.</summary>
/// <param name="Name">Within its folder, such as <c>{id}.json</c>.</param>
public sealed record WorkFile(string Name, long Size, DateTimeOffset Modified);
