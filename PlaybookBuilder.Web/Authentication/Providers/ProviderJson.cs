using System.Text.Json;
using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Web.Authentication.Providers;

/// <summary>A provider as a setting gives it. Messages never repeat what it holds: there is a secret in it.</summary>
internal sealed class ProviderJson
{
    private static readonly string[] Reserved = [Identity.EmailProvider, Identity.GoogleProvider, Identity.OrcidProvider];

    private readonly string _variable;
    private readonly JsonElement _json;

    private ProviderJson(string variable, JsonElement json) => (_variable, _json) = (variable, json);

    /// <exception cref="FormatException">It is not JSON of the right form.</exception>
    public static IReadOnlyList<ProviderJson> ReadAll(string variable, string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return [];

        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement.Clone();
            JsonElement[] items = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : [root];
            return items.All(static item => item.ValueKind == JsonValueKind.Object) ? [.. items.Select(item => new ProviderJson(variable, item))] : throw NotAnObject(variable);
        }
        catch (JsonException)
        {
            throw NotAnObject(variable);
        }
    }

    /// <summary>A provider that the setting names.</summary>
    public SignInProvider ToOidc()
    {
        var issuer = Address("issuer") ?? throw Missing("issuer");
        if (issuer.Scheme != Uri.UriSchemeHttps && !issuer.IsLoopback) throw new FormatException($"{_variable} has the issuer '{issuer}'; it must begin with https:// unless it is on this machine.");

        var discovery = Address("discovery");
        if (discovery is not null && discovery.Scheme != Uri.UriSchemeHttps && !issuer.IsLoopback) throw new FormatException($"{_variable} has the discovery '{discovery}'; it must begin with https:// unless the issuer is on this machine.");

        var name = Text("name") ?? issuer.Host;
        var id = ToId(name);
        if (id.Length == 0 || Reserved.Contains(id)) throw new FormatException($"{_variable} has the name '{name}'; give it another one, with letters or digits.");

        return new SignInProvider(id, name, issuer.ToString().TrimEnd('/'), issuer, Required("clientId"), Required("clientSecret")) { Discovery = discovery };
    }

    /// <summary>A provider that everybody knows.</summary>
    public SignInProvider ToFixed(string id, string name, string issuer, params string[] scopes) =>
        new(id, name, id, new Uri(issuer), Required("clientId"), Required("clientSecret")) { Scopes = scopes };

    private static string ToId(string name) =>
        string.Join('-', new string([.. name.ToLowerInvariant().Select(static letter => char.IsAsciiLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static FormatException NotAnObject(string variable) =>
        new(variable == SignInOptions.OidcVariable
            ? $$"""{{variable}} is no JSON of the form {"issuer":"https://...","clientId":"...","clientSecret":"...","name":"..."}, or a list of these."""
            : $$"""{{variable}} is no JSON of the form {"clientId":"...","clientSecret":"..."}.""");

    private Uri? Address(string member)
    {
        if (Text(member) is not { } text) return null;

        return Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw new FormatException($"{_variable} has the {member} '{text}'; it must be an address such as https://id.example.org/realms/lab.");
    }

    private string Required(string member) => Text(member) ?? throw Missing(member);

    private FormatException Missing(string member) => new($"{_variable} lacks '{member}'.");

    private string? Text(string member) =>
        _json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
