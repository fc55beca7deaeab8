using PlaybookBuilder.Core.Administration.Jobs;

namespace PlaybookBuilder.Core.Administration.Programs;

/// <summary>A process of this application, as administrators see it.</summary>
/// <param name="Role">For example <c>serve</c> or <c>worker</c>.</param>
/// <param name="Slots">How many steps it runs at a time.</param>
/// <param name="Worker">Its present number among the workers; null while it has none.</param>
/// <param name="IsAlive">Whether it said so lately. One that ended as it should is not listed at all.</param>
/// <param name="Running">What it runs.</param>
internal sealed record ProgramSummary(Guid Id, string Role, string Version, string Machine, int ProcessNumber, int Slots, int? Worker, DateTimeOffset Started, DateTimeOffset LastSeen, bool IsAlive, IReadOnlyList<JobSummary> Running);
