using System.Security.Claims;
using System.Text.Json;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>Suggestions of missing components, and reports of wrong results.</summary>
internal static class SuggestionsApi
{
    private static readonly int[] NotSignedIn = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];

    public static void MapOwnSuggestions(this IEndpointRouteBuilder user)
    {
        user.MapGet("/suggestions", ListAsync).Describe(new("Your suggestions", "Newest first, with what was answered; `skip` and `limit` (100 at most) page.") { Gives = ApiSchemas.Suggestions, Refuses = [StatusCodes.Status400BadRequest, .. NotSignedIn] });
        user.MapPost("/suggestions/{id}/delete", DeleteAsync).Describe(new("Take a suggestion back", "Answers with what it was.") { Gives = ApiSchemas.Suggestion, Refuses = NotSignedIn });
    }

    public static void MapSuggestions(this IEndpointRouteBuilder suggest)
    {
        suggest.MapGet("", ListForAnybodyAsync).Describe(new("Your suggestions, if you are signed in", "Nothing for whoever is not.") { Gives = ApiSchemas.Suggestions, Refuses = [StatusCodes.Status403Forbidden] });
        suggest.MapPost("", AddAsync).Describe(new("Suggest a component, or report a wrong result", "It goes to the administrators; nothing enters the catalogue by it.") { Takes = ApiSchemas.NewSuggestion, Gives = ApiSchemas.Suggestion, Refuses = NotSignedIn });
    }

    private static async Task ListAsync(HttpContext context, ClaimsPrincipal user, Suggestions suggestions, int? skip, int? limit) =>
        await AnswerAsync(context, await suggestions.ListOwnAsync(user.ToActor(), ApiPages.Skip(skip), ApiPages.Limit(limit, Suggestions.MostListed), context.RequestAborted));

    private static async Task ListForAnybodyAsync(HttpContext context, ClaimsPrincipal user, Suggestions suggestions) =>
        await AnswerAsync(context, user.UserId() is null ? [] : await suggestions.ListOwnAsync(user.ToActor(), 0, Suggestions.MostListed, context.RequestAborted));

    private static async Task DeleteAsync(string id, HttpContext context, ClaimsPrincipal user, Suggestions suggestions) =>
        await JsonAnswer.WriteAsync(context, await suggestions.DeleteAsync(user.ToActor(), ApiIds.Suggestion(id), context.RequestAborted), Write);

    private static async Task AddAsync(HttpContext context, ClaimsPrincipal user, Suggestions suggestions)
    {
        using var body = await JsonBody.ReadAsync(context.Request);
        var suggestion = Read(body.RootElement);
        await JsonAnswer.WriteAsync(context, await suggestions.AddAsync(user.ToActor(), suggestion, context.RequestAborted), Write);
    }

    private static NewSuggestion Read(JsonElement given)
    {
        var subject = JsonMembers.FindText(given, "kind", null) switch
        {
            null or "component" => SuggestionSubject.Component,
            "wrong_result" => SuggestionSubject.WrongResult,
            _ => throw WorkflowException.Invalid("a kind is component or wrong_result.", "kind"),
        };
        var playbook = JsonMembers.FindText(given, "playbook", null);
        Guid? playbookId = playbook is null ? null : Guid.TryParseExact(playbook, "D", out var id) ? id : throw WorkflowException.Invalid($"'{playbook}' is not the id of a playbook.", "playbook");
        return new NewSuggestion(subject, JsonMembers.FindText(given, "name", null) ?? "", ReadInputs(given), JsonMembers.FindText(given, "output", null) ?? "", JsonMembers.FindText(given, "description", null) ?? "", playbookId);
    }

    private static IReadOnlyList<string> ReadInputs(JsonElement given) => JsonMembers.Find(given, "inputs", null) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(spec => JsonMembers.Text(spec, "inputs"))],
        { } text => SpecList.Split(JsonMembers.Text(text, "inputs")),
    };

    private static Task AnswerAsync(HttpContext context, IReadOnlyList<Suggestion> suggestions) => JsonAnswer.WriteAsync(context, suggestions, static (writer, suggestions) =>
    {
        writer.WriteStartArray();
        foreach (var suggestion in suggestions) Write(writer, suggestion);
        writer.WriteEndArray();
    });

    private static void Write(Utf8JsonWriter writer, Suggestion suggestion)
    {
        writer.WriteStartObject();
        writer.WriteString("id", suggestion.Id);
        writer.WriteString("kind", suggestion.Subject == SuggestionSubject.Component ? "component" : "wrong_result");
        writer.WriteString("state", suggestion.Status.ToString().ToLowerInvariant());
        writer.WriteString("name", suggestion.Name);
        writer.WriteStartArray("inputs");
        foreach (var spec in suggestion.Inputs) writer.WriteStringValue(spec);
        writer.WriteEndArray();
        writer.WriteString("output", suggestion.Output);
        writer.WriteString("description", suggestion.Description);
        writer.WriteString("playbook", suggestion.PlaybookId?.ToString());
        writer.WriteString("answer", suggestion.Answer);
        writer.WriteString("created", suggestion.Created);
        writer.WriteString("decided", suggestion.Decided?.ToString("O"));
        writer.WriteEndObject();
    }
}
