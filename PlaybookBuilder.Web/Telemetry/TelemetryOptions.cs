using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Telemetry;

/// <summary>Where spans, measurements and logs go: OpenTelemetry's own variables, and who may read <c>/metrics</c>.</summary>
public sealed class TelemetryOptions
{
    public const string TokenVariable = "METRICS_TOKEN";

    internal const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    internal const string ProtocolVariable = "OTEL_EXPORTER_OTLP_PROTOCOL";
    internal const int LeastCharacters = 16;

    private const string DisabledVariable = "OTEL_SDK_DISABLED";

    /// <summary>Where a collector listens. Unset: nothing is exported.</summary>
    public string? Endpoint { get; set; }

    public string? Protocol { get; set; }

    /// <summary>Whoever shows it may read <c>/metrics</c>. Unset: there is no such page.</summary>
    public string? Token { get; set; }

    public bool IsDisabled { get; set; }

    internal bool Exports => !IsDisabled && !string.IsNullOrEmpty(Endpoint);

    internal bool ServesMetrics => !IsDisabled && !string.IsNullOrEmpty(Token);

    internal void Read(IConfiguration configuration)
    {
        Endpoint = configuration[EndpointVariable];
        Protocol = configuration[ProtocolVariable];
        Token = configuration[TokenVariable];
        IsDisabled = string.Equals(configuration[DisabledVariable], "true", StringComparison.OrdinalIgnoreCase);
    }
}

internal sealed class TelemetryOptionsCheck : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        // An address may hold a password, and a token is one: neither is repeated.
        if (!string.IsNullOrEmpty(options.Endpoint) && !IsWebAddress(options.Endpoint))
        {
            return ValidateOptionsResult.Fail($"{TelemetryOptions.EndpointVariable} is no http(s) address; it may be that of a collector, such as http://localhost:4317.");
        }

        if (options.Protocol is not (null or "" or "grpc" or "http/protobuf"))
        {
            return ValidateOptionsResult.Fail($"{TelemetryOptions.ProtocolVariable} is '{options.Protocol}'; it may be grpc (when unset) or http/protobuf.");
        }

        return string.IsNullOrEmpty(options.Token) || options.Token.Length >= TelemetryOptions.LeastCharacters
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{TelemetryOptions.TokenVariable} has less than {TelemetryOptions.LeastCharacters} characters ('openssl rand -hex 16' gives one that is long enough).");
    }

    private static bool IsWebAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme is "http" or "https");
}
