using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Storage.Drs;

namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>From where files may be fetched by their URLs: from public addresses, and from networks that the operator names.</summary>
public sealed class FetchOptions
{
    public const string Variable = "FETCH_ALLOWED_NETWORKS";
    public const string TimeVariable = "FETCH_MAX_SECONDS";

    public const string ResolverVariable = "DRS_RESOLVER";

    public const int DefaultMaxSeconds = 6 * 60 * 60;

    /// <summary>Networks such as <c>10.20.0.0/16, 192.168.1.7</c> that are fetched from although they are not public; unset for none.</summary>
    [ConfigurationKeyName(Variable)]
    public string? AllowedNetworks { get; set; }

    /// <summary>How long one file may take.</summary>
    [ConfigurationKeyName(TimeVariable)]
    public string? SecondsText { get; set; }

    /// <summary>The same as a number; 0 where it is none.</summary>
    public int MaxSeconds => string.IsNullOrWhiteSpace(SecondsText) ? DefaultMaxSeconds : int.TryParse(SecondsText, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    /// <summary>Where compact identifiers (<c>drs://prefix:accession</c>) are looked up; unset for identifiers.org.</summary>
    [ConfigurationKeyName(ResolverVariable)]
    public string? ResolverText { get; set; }

    /// <summary>The same, with the default.</summary>
    public string Resolver => string.IsNullOrEmpty(ResolverText) ? CompactIdentifiers.DefaultTemplate : ResolverText;

    /// <exception cref="FormatException">One of them is no network.</exception>
    internal IReadOnlyList<IPNetwork> ReadNetworks() => [.. (AllowedNetworks ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Read)];

    private static IPNetwork Read(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;

        return IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8) : throw new FormatException($"'{text}' is no network");
    }
}

internal sealed class FetchOptionsValidator : IValidateOptions<FetchOptions>
{
    public ValidateOptionsResult Validate(string? name, FetchOptions options)
    {
        if (options.MaxSeconds < 1) return ValidateOptionsResult.Fail($"{FetchOptions.TimeVariable} is '{options.SecondsText}'; it may be a whole number of seconds above 0, or unset for {FetchOptions.DefaultMaxSeconds}.");
        if (!CompactIdentifiers.IsTemplate(options.Resolver)) return ValidateOptionsResult.Fail($"{FetchOptions.ResolverVariable} is '{options.ResolverText}'; it may be an address with {CompactIdentifiers.Placeholder} in it, or unset for {CompactIdentifiers.DefaultTemplate}.");
        try
        {
            options.ReadNetworks();
            return ValidateOptionsResult.Success;
        }
        catch (FormatException error)
        {
            return ValidateOptionsResult.Fail($"{FetchOptions.Variable}: {error.Message}; it may be unset or name networks such as 10.20.0.0/16, 192.168.1.7.");
        }
    }
}
