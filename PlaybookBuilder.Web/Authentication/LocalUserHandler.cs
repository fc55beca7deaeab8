using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Web.Hosting.Proxies;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>Takes whoever asks from this machine for the local user.</summary>
/// <remarks>
/// Only a connection from loopback whose Host is loopback, so that no name that somebody points at 127.0.0.1 reaches it, and without
/// a sign of a proxy, behind which everybody would seem to ask from here.
/// </remarks>
internal sealed class LocalUserHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> schemeOptions,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IOptions<LocalUserOptions> options) : AuthenticationHandler<AuthenticationSchemeOptions>(schemeOptions, logger, encoder)
{
    public const string TokenCookie = "playbook-local-user";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
        Task.FromResult(options.Value.IsOn && IsFromThisMachine(Context) && HasToken()
            ? AuthenticateResult.Success(new AuthenticationTicket(LocalUser.Principal, LocalUser.Scheme))
            : AuthenticateResult.NoResult());

    internal static bool IsFromThisMachine(HttpContext context) =>
        !context.WasForwarded() && context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address) && IsLoopbackHost(context.Request.Host.Host);

    internal static bool IsLoopbackHost(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    internal static bool IsToken(string? given, string token) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));

    private bool HasToken() => !options.Value.NeedsToken || IsToken(Request.Cookies[TokenCookie], options.Value.Token);
}
