namespace PlaybookBuilder.Core.Cavatica.Wes;

/// <param name="SystemLogs">What went wrong outside the command, such as a full disk.</param>
public sealed record WesLog(int? ExitCode = null, string? StartTime = null, string? EndTime = null, IReadOnlyList<string>? SystemLogs = null);
