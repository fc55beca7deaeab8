using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Cavatica.Work;

/// <summary>What a file in which a playbook may be holds.</summary>
/// <param name="Playbook">Null when it holds none.</param>
/// <param name="Problem">Why it holds none.</param>
internal sealed record KeptPlaybook(WorkFile File, Playbook? Playbook, string? Problem = null);
