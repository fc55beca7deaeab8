using System.Globalization;
using System.Text.RegularExpressions;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Checks;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Core.Storage.Drs;
using PlaybookBuilder.Core.Files.Orphans;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Telemetry;
using PlaybookBuilder.Core.Cavatica;
using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Web.Hosting;

/// <summary>The settings of this process, for administrators.</summary>
internal sealed partial class SettingsInForce(IConfiguration configuration, SecretMask mask)
{
    public const string Set = "set";
    public const string Unset = "unset";

    private const string Ports = "ASPNETCORE_HTTP_PORTS";
    private const string Urls = "ASPNETCORE_URLS";

    /// <summary>Every variable that the program itself reads, with what holds where it is unset.</summary>
    internal static IReadOnlyList<(string Name, string Default)> Known { get; } =
    [
        ("ADMIN_EMAILS", "nobody but the local user"),
        ("APP_SECRET", "none; needed with Postgres"),
        (Ports, "no others"),
        (Urls, "http://localhost:5000"),
        ("AUTH_GOOGLE", "nobody signs in so"),
        ("AUTH_LOCAL_USER", "true; with Postgres false"),
        ("AUTH_OIDC", "nobody signs in so"),
        ("AUTH_ORCID", "nobody signs in so"),
        ("AZURE_STORAGE_ACCOUNT", "none"),
        ("AZURE_STORAGE_KEY", "none"),
        ("AZURE_STORAGE_SAS_TOKEN", "none"),
        ("CACHE_MAX_AGE_DAYS", "any age"),
        ("CACHE_MAX_BYTES", "any size"),
        (CavaticaOptions.ApiVariable, "CAVATICA's"),
        (CavaticaOptions.WesVariable, "CAVATICA's"),
        (ProxySessionOptions.ImageVariable, "none; needed with wes"),
        (CheckOptions.Variable, Write(CheckOptions.DefaultDays)),
        ("DATABASE_URL", "data/playbook.db"),
        ("DRAIN_SECONDS", "20; with the embedded database 0"),
        (FetchOptions.ResolverVariable, CompactIdentifiers.DefaultTemplate),
        ("DRS_TOKEN", "none"),
        ("EMAIL_FROM", "no mail"),
        ("EMAIL_SERVER", "no mail"),
        (FetchOptions.Variable, "public addresses only"),
        (FetchOptions.TimeVariable, Write(FetchOptions.DefaultMaxSeconds)),
        ("LANDING_PAGE", "the start page"),
        ("METRICS_TOKEN", "nobody reads /metrics"),
        ("N_WORKERS", Write(new EngineOptions().Workers)),
        (OrphanOptions.Variable, Write(OrphanOptions.DefaultDays)),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "nowhere"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "none"),
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("OTEL_RESOURCE_ATTRIBUTES", "none"),
        ("OTEL_SDK_DISABLED", "false"),
        ("OTEL_TRACES_SAMPLER", "parentbased_always_on"),
        ("OTEL_TRACES_SAMPLER_ARG", "1"),
        ("PUBLIC_URL", "this machine only"),
        ("RATE_LIMIT", Write(new RateLimitOptions().ReadLimit)),
        ("RATE_LIMIT_RUN", Write(new RateLimitOptions().RunLimit)),
        ("RATE_LIMIT_SIGNIN", Write(new RateLimitOptions().SignInLimit)),
        (ProxySessionOptions.ReplicaVariable, "the machine's name and port"),
        ("SB_API_ENDPOINT", "CAVATICA's"),
        ("SB_AUTH_TOKEN", "none"),
        (ProxySessionOptions.HostVariable, "sessions have no hosts of their own"),
        (ProxySessionOptions.LauncherVariable, "no sessions"),
        (ProxySessionOptions.UrlVariable, "sessions have no address of their own"),
        ("SFTP_KEY_PASSPHRASE", "none"),
        ("SFTP_PASSWORD", "none"),
        ("TRUSTED_PROXIES", "nobody's headers are believed"),
        ("UFS_STORAGE", "data/ufs"),
        ("UPLOAD_MAX_BYTES", Write(UploadOptions.DefaultMaxBytes)),
        ("UPLOAD_QUOTA_BYTES", "without limit"),
    ];

    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public IReadOnlyList<SettingInForce> Read(Actor actor)
    {
        actor.RequireAdmin();
        return [.. Known.Select(known => new SettingInForce(known.Name, Describe(known.Name, Find(known.Name)), known.Default))];
    }

    // The framework knows its own without their prefix, also from the command line.
    private string? Find(string name) => name switch
    {
        Urls => configuration["urls"],
        Ports => configuration["http_ports"],
        _ => configuration[name],
    };

    private string Describe(string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return Unset;

        return Secret().IsMatch(name) ? Set : mask.Apply(value);
    }

    private static string Write(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Those of sign-in providers hold the client's secret, and a mail server's address may hold a password in a form of its own.
    [GeneratedRegex("SECRET|PASSWORD|TOKEN|KEY|HEADERS|^AUTH_(?:OIDC|GOOGLE|ORCID)$|^EMAIL_SERVER$", RegexOptions.CultureInvariant)]
    private static partial Regex Secret();
}
