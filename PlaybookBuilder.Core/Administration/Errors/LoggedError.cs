namespace PlaybookBuilder.Core.Administration.Errors;

/// <summary>An error that some program of the deployment logged.</summary>
/// <param name="Program">Its role and machine.</param>
/// <param name="TraceId">The trace that it belongs to, for whoever collects traces.</param>
internal sealed record LoggedError(long Id, DateTimeOffset At, string Program, string Category, string Message, string Detail, string? TraceId);
