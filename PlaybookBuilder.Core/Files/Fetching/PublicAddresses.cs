using System.Net;
using System.Net.Sockets;

namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>Which addresses are of machines that the whole internet reaches (IANA's special-purpose registries, RFC 6890): what is behind the others is not for users to ask.</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Special =
    [
        // This host, private networks, carriers' networks, loopback, link-local (with the metadata services of clouds), protocols, documentation, relays, benchmarks, multicast, reserved.
        .. Networks("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    ];

    // All that is given out so far; within it protocols, Teredo, documentation, and 6to4, which leads to an address of version 4.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] SpecialInGlobal = [.. Networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")];
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return Contains(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork) return !Special.Any(network => network.Contains(address));

        // The last four bytes are the address that a translator leads to.
        if (Translated.Contains(address)) return Contains(new IPAddress(address.GetAddressBytes().AsSpan(12)));

        return Global.Contains(address) && !SpecialInGlobal.Any(network => network.Contains(address));
    }

    private static IEnumerable<IPNetwork> Networks(params string[] networks) => networks.Select(IPNetwork.Parse);
}
