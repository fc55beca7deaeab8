using System.Net;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Hosting.Proxies;

/// <summary>Whose word counts about who asks, and whether by https: <c>TRUSTED_PROXIES</c>.</summary>
public sealed class ProxyOptions
{
    public const string Variable = "TRUSTED_PROXIES";

    /// <summary>Addresses and networks, separated by commas; unset: nobody's word counts.</summary>
    [ConfigurationKeyName(Variable)]
    public string? Text { get; set; }

    /// <summary>What <see cref="Text"/> names; an address is a network of its own. What is neither is null.</summary>
    public IReadOnlyList<IPNetwork?> Networks => [.. Parts.Select(Parse)];

    public IEnumerable<string> Parts => (Text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    internal static IPNetwork? Parse(string text)
    {
        if (IPAddress.TryParse(text, out var address)) return new IPNetwork(address, address.GetAddressBytes().Length * 8);

        return IPNetwork.TryParse(text, out var network) ? network : null;
    }
}

internal sealed class ProxyOptionsValidator : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options) =>
        options.Parts.FirstOrDefault(static part => ProxyOptions.Parse(part) is null) is { } wrong
            ? ValidateOptionsResult.Fail($"{ProxyOptions.Variable} names '{wrong}'; it may be unset, or addresses and networks separated by commas, as in 10.0.0.5,172.16.0.0/12.")
            : ValidateOptionsResult.Success;
}
