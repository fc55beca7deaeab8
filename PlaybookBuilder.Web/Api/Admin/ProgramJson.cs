using PlaybookBuilder.Core.Administration.Programs;

namespace PlaybookBuilder.Web.Api.Admin;

/// <summary>A process of the deployment.</summary>
internal sealed record ProgramJson(Guid Id, string Role, string Version, string Machine, int ProcessNumber, int Slots, int? Worker, DateTimeOffset Started, DateTimeOffset LastSeen, bool IsAlive, IReadOnlyList<JobJson> Running)
{
    public static ProgramJson Of(ProgramSummary program) => new(
        program.Id, program.Role, program.Version, program.Machine, program.ProcessNumber, program.Slots, program.Worker, program.Started, program.LastSeen, program.IsAlive, [.. program.Running.Select(JobJson.Of)]);
}
