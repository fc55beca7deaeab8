using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Web.Authentication.Providers;
using PlaybookBuilder.Web.Mail;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>Says at start who may do what, and prints the address that makes its reader the local user where that takes a token.</summary>
internal sealed partial class LocalUserNotice(IOptions<LocalUserOptions> options, SignInProviders providers, MailSender mail, IServer server, IHostApplicationLifetime lifetime, ILogger<LocalUserNotice> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(Tell);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Tell()
    {
        if (providers.All.Count > 0 || mail.IsOn)
        {
            LogSignIns(string.Join(", ", providers.All.Select(static provider => provider.Name).Concat(mail.IsOn ? ["e-mail"] : [])));
        }

        if (!options.Value.IsOn)
        {
            if (providers.All.Count == 0 && !mail.IsOn) LogAnonymous(LocalUserOptions.Variable, SignInOptions.OidcVariable);
        }
        else if (options.Value.NeedsToken)
        {
            // On the console itself: a log may be kept where others read it.
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
            Console.WriteLine($"Open {address}/?{LocalUserToken.Parameter}={options.Value.Token} to be the local user.");
        }
    }

    [LoggerMessage(LogLevel.Information, "Serving anonymously: everybody may build, run and share by link; nobody uploads or saves ({Variable}, {SignInVariable})")]
    private partial void LogAnonymous(string variable, string signInVariable);

    [LoggerMessage(LogLevel.Information, "People sign in with {Providers}")]
    private partial void LogSignIns(string providers);
}
