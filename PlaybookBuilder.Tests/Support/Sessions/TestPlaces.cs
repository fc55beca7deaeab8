using PlaybookBuilder.Web.ProxiedSessions.Worker;

namespace PlaybookBuilder.Tests.Support.Sessions;

internal static class TestPlaces
{
    public static readonly Uri Application = new("https://playbooks.example.org/");

    /// <summary>A session that begins now, and is paid for where it has a project.</summary>
    public static SessionPlace At(TimeProvider time, string? project = null) => new(Guid.NewGuid(), Application, time.GetUtcNow(), IsCharged: project is not null, project);
}
