using System.Text.RegularExpressions;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Web.Telemetry;

namespace PlaybookBuilder.Web.Hosting;

/// <summary>The settings of this process, for administrators.</summary>
internal sealed partial class SettingsInForce(IConfiguration configuration, SecretMask mask)
{
    public const string Set = "set";
    public const string Unset = "unset";

    /// <summary>Every variable that the program itself reads.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        "ADMIN_EMAILS", "APP_SECRET", "AUTH_GOOGLE", "AUTH_LOCAL_USER", "AUTH_OIDC", "AUTH_ORCID", "DATABASE_URL", "DRAIN_SECONDS", "EMAIL_FROM", "EMAIL_SERVER", "LANDING_PAGE", "METRICS_TOKEN", "N_WORKERS",
        "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_EXPORTER_OTLP_PROTOCOL", "OTEL_RESOURCE_ATTRIBUTES", "OTEL_SDK_DISABLED", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG",
        "PUBLIC_URL", "TRUSTED_PROXIES", "UFS_STORAGE", "UPLOAD_MAX_BYTES",
    ];

    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public IReadOnlyList<SettingInForce> Read(Actor actor)
    {
        actor.RequireAdmin();
        return [.. Names.Select(name => new SettingInForce(name, Describe(name, configuration[name])))];
    }

    private string Describe(string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return Unset;

        return Secret().IsMatch(name) ? Set : mask.Apply(value);
    }

    // Those of sign-in providers hold the client's secret, and a mail server's address may hold a password in a form of its own.
    [GeneratedRegex("SECRET|PASSWORD|TOKEN|KEY|HEADERS|^AUTH_(?:OIDC|GOOGLE|ORCID)$|^EMAIL_SERVER$", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
