using System.Collections.Immutable;
using System.Globalization;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web;

/// <summary>Every address of the application, relative to the base href: it also runs under a path prefix.</summary>
public static partial class AppUrls
{
    /// <summary>How addresses name the playbook without steps.</summary>
    public const string EmptyPlaybook = "start";

    public const string Start = "graph";

    public const string Components = "components";

    public const string Import = "api/db/fpl";

    /// <summary>What was published.</summary>
    public const string Playbooks = "playbooks";

    public const string CommunityPlaybooks = "playbooks/community";

    public const string DeletedPlaybooks = "account/playbooks?deleted=true";

    /// <summary>The report of a published playbook; whoever opens it is counted.</summary>
    public static string OpenPublished(Guid savedId) => $"{Playbooks}/{savedId}/open";

    /// <summary>The published playbooks that fit.</summary>
    public static string PlaybooksFound(PublishedQuery query)
    {
        var parts = new List<string>();
        if (query.Words.Length > 0) parts.Add($"q={Uri.EscapeDataString(query.Words)}");
        if (query.IsCurated is { } isCurated) parts.Add($"kind={(isCurated ? "curated" : "community")}");
        parts.AddRange(query.Choices.Select(choice => $"{choice.Facet.ToString().ToLowerInvariant()}={Uri.EscapeDataString(choice.Value)}"));
        if (query.Order == PublishedOrder.Date) parts.Add("sort=date");
        if (query.Offset > 0) parts.Add(string.Create(CultureInfo.InvariantCulture, $"page={1 + (query.Offset / query.Limit)}"));
        return parts.Count == 0 ? Playbooks : $"{Playbooks}?{string.Join('&', parts)}";
    }

    /// <summary>The form for a component that is missing: after a step, after a playbook, or anywhere.</summary>
    public static string Suggest(Guid? playbookId = null, Guid? stepId = null) => (playbookId, stepId) switch
    {
        ({ } playbook, { } step) => $"{Graph(playbook, [step])}/suggest",
        ({ } playbook, null) => $"{Graph(playbook)}/suggest",
        _ => "graph/suggest",
    };

    /// <summary>The form for a step whose result is wrong.</summary>
    public static string ReportWrongResult(Guid playbookId, Guid stepId) => $"{Suggest(playbookId, stepId)}?about=result";

    public const string ApiPage = "openapi/";

    public const string SignIn = "account/signin";

    /// <summary>What a link in a mail opens.</summary>
    public const string SignInEmail = "account/signin/email";

    public const string SignInEmailSend = "account/signin/email/send";

    public const string SignInEmailOpen = "account/signin/email/open";

    /// <summary>Holds a link's key in addresses; logs mask whatever ends in "token".</summary>
    public const string MailTokenParameter = "mail_token";

    public const string SignOut = "account/signout";

    public const string SignOutEverywhere = "account/signout/everywhere";

    public const string Account = "account";

    public const string AccountSignIns = "account/sign-ins";

    public const string AccountSessions = "account/sessions";

    public const string AccountTokens = "account/tokens";

    public const string AccountPlaybooks = "account/playbooks";

    public const string AccountUploads = "account/uploads";

    /// <summary>The visitor's uploads with words in their names, in an order.</summary>
    public static string UploadsFound(string words, UploadOrder order)
    {
        var parts = new List<string>();
        if (words.Length > 0) parts.Add($"q={Uri.EscapeDataString(words)}");
        if (order != UploadOrder.Newest) parts.Add($"sort={order.ToString().ToLowerInvariant()}");
        return parts.Count == 0 ? AccountUploads : $"{AccountUploads}?{string.Join('&', parts)}";
    }

    /// <summary>What <see cref="UploadsFound"/> wrote.</summary>
    public static UploadOrder ReadUploadOrder(string? sort) => sort switch { "name" => UploadOrder.Name, "size" => UploadOrder.Size, _ => UploadOrder.Newest };

    public const string AccountSuggestions = "account/suggestions";

    public const string AccountIntegrations = "account/integrations";

    /// <summary>What sessions kept in the user's project.</summary>
    public const string KeptWork = "account/kept";

    /// <summary>Where a playbook of a session is brought to this application.</summary>
    public static string BringBack(Guid sessionId, Guid playbookId) => $"account/bring/{sessionId}/{playbookId}";

    public const string AccountData = "account/data";

    public const string AccountExport = "account/data/export";

    public static string SignInEmailWith(string key) => $"{SignInEmail}?{MailTokenParameter}={Uri.EscapeDataString(key)}";

    /// <summary>The sign-in page, which leads on to a path of this application.</summary>
    /// <param name="path">With a slash at its beginning.</param>
    public static string SignInFor(string path) => $"{SignIn}?returnUrl={Uri.EscapeDataString(path)}";

    /// <summary>The sign-in page, which says why nobody was signed in.</summary>
    public static string SignInProblem(string problem, string provider) => $"{SignIn}?problem={problem}&with={Uri.EscapeDataString(provider)}";

    /// <summary>To a provider, and then to a path of this application.</summary>
    public static string SignInWith(string provider, string path) => $"{SignIn}/with/{provider}?returnUrl={Uri.EscapeDataString(path)}";

    /// <summary>To a provider, whose word is then added to the account of who is signed in.</summary>
    public static string LinkWith(string provider, string token) => $"{SignIn}/with/{provider}?link_token={Uri.EscapeDataString(token)}";

    /// <summary>The builder at the last step of a playbook.</summary>
    public static string Graph(Guid playbookId) => $"graph/{playbookId}";

    /// <summary>The builder at one step, or at several.</summary>
    public static string Graph(Guid playbookId, params IEnumerable<Guid> stepIds) => $"graph/{playbookId}/node/{string.Join(',', stepIds)}";

    /// <summary>The builder at one step of a playbook; its last step needs no naming.</summary>
    public static string Graph(Playbook playbook, int index) =>
        index == playbook.Steps.Length - 1 ? Graph(playbook.Id) : Graph(playbook.Id, [playbook.Steps[index].Id]);

    /// <summary>The builder at several steps of a playbook.</summary>
    public static string Graph(Playbook playbook, ImmutableArray<int> indexes) =>
        indexes.Length == 1 ? Graph(playbook, indexes[0]) : Graph(playbook.Id, indexes.Select(index => playbook.Steps[index].Id));

    /// <summary>The choice of a first step.</summary>
    public static string Extend() => "graph/extend";

    /// <summary>The choice of a step that takes the output of the last one.</summary>
    public static string Extend(Guid playbookId) => $"{Graph(playbookId)}/extend";

    /// <summary>The choice of a step that takes the output of these.</summary>
    public static string Extend(Guid playbookId, params IEnumerable<Guid> stepIds) => $"{Graph(playbookId, stepIds)}/extend";

    public static string Report(Guid playbookId) => $"report/{playbookId}";

    /// <summary>The report, scrolled to one step.</summary>
    public static string Report(Guid playbookId, Guid stepId) => $"{Report(playbookId)}#{Anchor(stepId)}";

    /// <summary>The id of a step's element in a page.</summary>
    public static string Anchor(Guid stepId) => $"step-{stepId}";

    public static string Component(string spec) => $"{Components}/{Uri.EscapeDataString(spec)}";

    public static string Export(Guid playbookId) => $"api/db/fpl/{playbookId}/export";

    public static string ExportWithOutputs(Guid playbookId) => $"api/db/fpl/{playbookId}/output/export";

    /// <summary>The choice of another first step of a playbook.</summary>
    public static string ExtendAtStart(Guid playbookId) => $"graph/{playbookId}/node/{EmptyPlaybook}/extend";

    /// <summary>The playbook that a part of an address names: null stands for the one without steps.</summary>
    public static bool TryParsePlaybook(string? text, out Guid? playbookId)
    {
        playbookId = Guid.TryParseExact(text, "D", out var id) ? id : null;
        return playbookId is not null || string.IsNullOrEmpty(text) || text == EmptyPlaybook;
    }

    /// <summary>The steps that a part of an address names, in its order, none where it names the start; null when it makes no sense.</summary>
    public static IReadOnlyList<Guid>? ParseSteps(string text)
    {
        if (text == EmptyPlaybook) return [];

        var ids = new List<Guid>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (!Guid.TryParseExact(part, "D", out var id)) return null;
            ids.Add(id);
        }

        return [.. ids.Distinct()];
    }
}
