namespace PlaybookBuilder.Core.Administration.Programs;

/// <summary>What this program does.</summary>
/// <param name="Name"><c>serve</c> or <c>worker</c>.</param>
internal sealed record ProgramRole(string Name);
