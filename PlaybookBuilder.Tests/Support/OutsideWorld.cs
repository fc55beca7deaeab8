using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Deployment;

namespace PlaybookBuilder.Tests.Support;

/// <summary>A real provider of OpenID Connect (oidc-provider) and a real mail server (smtp-server), which ./test installs from npm.</summary>
public sealed class OutsideWorld : IAsyncLifetime
{
    public const string ClientId = "playbooks";
    public const string ClientSecret = "a-secret-of-the-client";

    private readonly HttpClient _client = new();
    private Process? _process;
    private int _web;
    private int _mail;

    public string Issuer => $"http://localhost:{_web}";

    /// <summary>As <c>AUTH_OIDC</c> says it.</summary>
    public string Setting => ToSetting(Issuer);

    public string MailServer => $"smtp://mailer:p%40ss%20word@localhost:{_mail}";

    public static string ToSetting(string issuer, string name = "Lab") =>
        $$"""{"issuer":"{{issuer}}","clientId":"{{ClientId}}","clientSecret":"{{ClientSecret}}","name":"{{name}}"}""";

    public async ValueTask InitializeAsync()
    {
        var tools = Repository.PathOf("out", "tools");
        var isThere = Directory.Exists(Path.Combine(tools, "node_modules", "oidc-provider")) && Directory.Exists(Path.Combine(tools, "node_modules", "smtp-server"));
        Requirement.Need(isThere ? tools : null, "oidc-provider and smtp-server are not installed; ./test installs them where it can.");
        _process = Process.Start(new ProcessStartInfo("node", [Repository.PathOf("PlaybookBuilder.Tests", "Support", "outside-world.mjs"), tools]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(EngineHost.Patience);
        var ports = JsonNode.Parse(await _process.StandardOutput.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException("It ended."))!;
        (_web, _mail) = (ports["web"]!.GetValue<int>(), ports["mail"]!.GetValue<int>());
    }

    /// <summary>Says who signs in there next.</summary>
    public async Task ComesAsync(string subject, string? email = null, bool isVerified = true, string? name = null)
    {
        var person = new JsonObject { ["sub"] = subject, ["name"] = name ?? subject };
        if (email is not null) (person["email"], person["email_verified"]) = (email, isVerified);
        await ControlAsync(person);
    }

    /// <summary>Whoever comes next does not let us know.</summary>
    public Task RefusesAsync() => ControlAsync(new JsonObject { ["sub"] = "nobody", ["refuses"] = true });

    /// <summary>What was sent to an address, the last one at the end.</summary>
    public async Task<IReadOnlyList<JsonNode>> MailsToAsync(string address)
    {
        var mails = await _client.GetFromJsonAsync<JsonArray>($"{Issuer}/control", TestContext.Current.CancellationToken);
        return [.. mails!.OfType<JsonNode>().Where(mail => mail["to"]!.AsArray().Any(to => to!.GetValue<string>() == address))];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_process is null) return;

        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ControlAsync(JsonObject person)
    {
        using var answer = await _client.PostAsJsonAsync($"{Issuer}/control", person, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
