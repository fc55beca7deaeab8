using System.Net;
using System.Text.Json;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api;

namespace PlaybookBuilder.Web.ProxiedSessions;

/// <summary>Carries playbooks between this application and a session of their owner, without the browser. What a worker answers may be anything, and is taken like what somebody uploads.</summary>
internal sealed class SessionExchange(ProxySessions sessions, SessionCalls calls, PlaybookEngine engine, PlaybookDocumentReader reader)
{
    private const int LongestId = 1024;

    /// <summary>Keeps a playbook of this application in a session.</summary>
    /// <returns>Its id there.</returns>
    /// <exception cref="AccessException">There is no such session of the actor, or nobody is signed in.</exception>
    /// <exception cref="WorkflowException">There is no such playbook, or the session refuses it.</exception>
    /// <exception cref="ApiRefusal">The session's worker can't be asked.</exception>
    public async Task<Guid> OpenAsync(Actor actor, Guid session, Guid playbookId, CancellationToken cancellationToken)
    {
        var user = await RequireOpenAsync(actor, session, cancellationToken);
        var document = DocumentOf(await engine.GetAsync(playbookId, cancellationToken));
        using var answer = JsonOf(await AskAsync(session, user, () => new HttpRequestMessage(HttpMethod.Post, "/api/db/fpl") { Content = JsonContent(document) }, LongestId, cancellationToken));
        return answer.RootElement.ValueKind == JsonValueKind.String && answer.RootElement.TryGetGuid(out var id) ? id : throw Strange();
    }

    /// <summary>Keeps a playbook of a session in this application.</summary>
    /// <returns>Its id here.</returns>
    /// <exception cref="AccessException">There is no such session of the actor, or nobody is signed in.</exception>
    /// <exception cref="WorkflowException">There is no such playbook, or it can't be kept here.</exception>
    /// <exception cref="ApiRefusal">The session's worker can't be asked.</exception>
    public async Task<Guid> BringAsync(Actor actor, Guid session, Guid playbookId, CancellationToken cancellationToken)
    {
        var user = await RequireOpenAsync(actor, session, cancellationToken);
        using var answer = JsonOf(await AskAsync(session, user, () => new HttpRequestMessage(HttpMethod.Get, $"/api/db/fpl/{playbookId}/export"), JsonBody.Longest, cancellationToken));
        var playbook = await reader.ReadAsync(answer.RootElement, cancellationToken);
        if (playbook.IsEmpty) throw Strange();

        await engine.ImportAsync(playbook, actor, cancellationToken);
        return playbook.Id;
    }

    private async Task<Guid> RequireOpenAsync(Actor actor, Guid session, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Run);
        var known = await sessions.GetAsync(actor, session, cancellationToken);
        return known.IsLive && known.State != ProxySessionState.Closing ? user : throw new ApiRefusal(StatusCodes.Status410Gone, "This session is over.");
    }

    private async Task<ReadOnlyMemory<byte>> AskAsync(Guid session, Guid user, Func<HttpRequestMessage> request, int longest, CancellationToken cancellationToken) =>
        await calls.AskAsync(session, user, request, (answer, token) => ReadAsync(answer, longest, token), cancellationToken)
        ?? throw new ApiRefusal(StatusCodes.Status503ServiceUnavailable, "The session's worker can't be reached. Try again in a moment.");

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpResponseMessage answer, int longest, CancellationToken cancellationToken)
    {
        if (answer.StatusCode is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable) return null;
        if (answer.StatusCode == HttpStatusCode.NotFound) throw WorkflowException.NotFound("There is no such playbook in the session.");
        if (!answer.IsSuccessStatusCode) throw WorkflowException.Invalid($"The session did not take it ({(int)answer.StatusCode}).");

        await using var content = await answer.Content.ReadAsStreamAsync(cancellationToken);
        var body = new byte[longest + 1];
        var length = await content.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= longest ? body.AsMemory(0, length) : throw Strange();
    }

    private static byte[] DocumentOf(Playbook playbook)
    {
        using var document = new MemoryStream();
        using (var writer = new Utf8JsonWriter(document)) PlaybookDocumentWriter.Write(writer, playbook);
        return document.ToArray();
    }

    private static ByteArrayContent JsonContent(byte[] document) => new(document) { Headers = { ContentType = new("application/json") } };

    private static JsonDocument JsonOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw Strange();
        }
    }

    private static WorkflowException Strange() => WorkflowException.Invalid("What the session answered is no playbook.");
}
