using System.Text.Json;

namespace PlaybookBuilder.Core.Cavatica.Sessions;

/// <summary>All that a session's worker is started with. Whoever can look at the task sees it, so it holds nothing that lasts: the secret is good for the first connection only.</summary>
/// <param name="Url">Where the public side is reached.</param>
public sealed record SessionSettings(Uri Url, Guid Session, string Secret)
{
    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <exception cref="FormatException">It is no such setting; the message says what is wrong.</exception>
    public static SessionSettings Parse(string json)
    {
        try
        {
            var settings = JsonSerializer.Deserialize<SessionSettings>(json, JsonSerializerOptions.Web);
            return settings is { Url: { IsAbsoluteUri: true, Scheme: "http" or "https" }, Secret.Length: > 0 } && settings.Session != Guid.Empty
                ? settings
                : throw new FormatException("The session's settings are to have 'url' (http or https), 'session' and 'secret'.");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The session's settings are no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Without the secret, wherever it is written.</summary>
    public override string ToString() => $"{Session} at {Url}";
}
