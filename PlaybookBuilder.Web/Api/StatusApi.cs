using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>Where the steps of a playbook stand, once or as it changes, and stopping them.</summary>
internal static class StatusApi
{
    private const string StatusEvent = "status";
    private const string DoneEvent = "done";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public static void MapStatus(this IEndpointRouteBuilder db)
    {
        db.MapGet("/fpl/{id}/status", GetAsync).Describe(new("Where every step stands", "Asks for nothing: a step that nobody asked for is `unresolved`.") { Gives = ApiSchemas.Status });
        db.MapGet("/fpl/{id}/events", GetEventsAsync).Describe(new("Where every step stands, as it changes", "Asks for all results, and sends the status as server-sent events: `status` after every change, at last `done`.") { Gives = ApiSchemas.Status, IsEventStream = true });
        db.MapPost("/fpl/{id}/cancel", CancelAsync).Describe(new("Stop the steps that are queued or running", "They end as errors that say so; Recompute takes that back.") { Gives = ApiSchemas.Status });
    }

    private static async Task GetAsync(string id, HttpContext context, PlaybookEngine engine) =>
        await AnswerAsync(context, engine, await engine.GetAsync(ApiIds.Playbook(id), context.RequestAborted));

    private static async Task CancelAsync(string id, HttpContext context, PlaybookEngine engine)
    {
        var playbook = await engine.GetAsync(ApiIds.Playbook(id), context.RequestAborted);
        await engine.CancelAsync(playbook, context.RequestAborted);
        await AnswerAsync(context, engine, playbook);
    }

    private static async Task<IResult> GetEventsAsync(string id, HttpContext context, PlaybookEngine engine)
    {
        var playbook = await engine.GetAsync(ApiIds.Playbook(id), context.RequestAborted);
        var events = HeadRequests.IsHead(context) ? AsyncEnumerable.Empty<SseItem<string>>() : FollowAsync(engine, playbook, context.User.ToDemand(), context.RequestAborted);
        return TypedResults.ServerSentEvents(events);
    }

    private static async IAsyncEnumerable<SseItem<string>> FollowAsync(PlaybookEngine engine, Playbook playbook, Demand demand, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var states in engine.WatchAsync(playbook, Interval, cancellationToken))
        {
            // Somebody may take a result back while this one watches.
            var current = states.Any(state => state.Phase == ProcessPhase.Unresolved) ? await engine.RequestAsync(playbook, demand, cancellationToken) : states;
            var status = await PlaybookStatus.OfAsync(engine, playbook, current, cancellationToken);
            yield return new SseItem<string>(ToText(status), status.IsDone ? DoneEvent : StatusEvent);
            if (status.IsDone) yield break;
        }
    }

    private static async Task AnswerAsync(HttpContext context, PlaybookEngine engine, Playbook playbook)
    {
        var states = await engine.ReadStatesAsync(playbook, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, await PlaybookStatus.OfAsync(engine, playbook, states, context.RequestAborted), PlaybookStatus.Write);
    }

    private static string ToText(PlaybookStatus status)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, PlaybookJson.WriterOptions)) PlaybookStatus.Write(writer, status);
        return Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
    }
}
