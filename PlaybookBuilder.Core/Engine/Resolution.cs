namespace PlaybookBuilder.Core.Engine;

/// <summary>The head of a stored result: everything but the value.</summary>
/// <param name="OutputId">The id of the value; see <see cref="Workflows.IPlaybookStore.FindDataAsync"/>.</param>
/// <param name="OutputType">The spec of the value's type; <c>Error</c> for a failure.</param>
/// <param name="Version">The version of the process type that made it.</param>
/// <param name="IsTransient">Whether a failure may pass, so that asking again later tries again.</param>
public sealed record Resolution(Guid ProcessId, Guid OutputId, string OutputType, int Version, DateTimeOffset Created, TimeSpan Duration, bool IsTransient)
{
    public bool IsError => OutputType == ErrorData.Spec;
}
