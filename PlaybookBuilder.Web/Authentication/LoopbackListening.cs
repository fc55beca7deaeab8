using System.Net;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>With a local user, who owns everything and never signs in, the application listens on this machine only.</summary>
internal static class LoopbackListening
{
    private static readonly string[] PortSettings = ["http_ports", "https_ports"];

    /// <summary>Refuses to start where others could reach a local user that needs no token.</summary>
    /// <exception cref="OptionsValidationException">An address that is configured is not a loopback one.</exception>
    public static void Check(IConfiguration configuration, LocalUserOptions options)
    {
        if (!options.IsOn) return;

        var addresses = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? ""));
        var open = addresses.FirstOrDefault(address => !IsLoopback(address))
            ?? PortSettings.Where(setting => configuration["urls"] is null && !string.IsNullOrEmpty(configuration[setting])).Select(setting => $"{setting}={configuration[setting]}").FirstOrDefault();
        if (open is null) return;

        throw new OptionsValidationException(LocalUserOptions.Variable, typeof(LocalUserOptions), [
            $"'{open}' can be reached from other machines, where nobody signs in and everybody would own everything. Listen on http://localhost:<port>, or set {LocalUserOptions.Variable}=false to serve anonymously (no upload, no saving)."]);
    }

    private static bool IsLoopback(string address)
    {
        try
        {
            var host = BindingAddress.Parse(address).Host;
            return host.StartsWith("unix:", StringComparison.Ordinal) || LocalUserHandler.IsLoopbackHost(host) || (IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip));
        }
        catch (FormatException)
        {
            // Not an address at all: the server's own message says so.
            return true;
        }
    }
}
