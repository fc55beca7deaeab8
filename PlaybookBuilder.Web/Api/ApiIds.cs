using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Api;

/// <summary>Reads the ids in addresses. What can't be an id names nothing: not found, like an id that nothing has.</summary>
internal static class ApiIds
{
    public static Guid Playbook(string id) => Parse(id, "playbook");

    public static Guid Process(string id) => Parse(id, "process");

    public static Guid Step(string id) => Parse(id, "step");

    public static Guid SavedPlaybook(string id) => Parse(id, "saved playbook");

    public static Guid Suggestion(string id) => Parse(id, "suggestion");

    public static Guid Session(string id) => Parse(id, "session");

    private static Guid Parse(string id, string what) =>
        Guid.TryParseExact(id, "D", out var parsed) ? parsed : throw WorkflowException.NotFound($"There is no {what} '{id}'.");
}
