using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace PlaybookBuilder.Web.Mail;

/// <summary>Sends mail through the server of the settings.</summary>
internal sealed partial class MailSender(IOptions<MailOptions> options, ILogger<MailSender> logger)
{
    private const int PatienceMilliseconds = 10_000;
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    public bool IsOn => options.Value.IsOn;

    /// <summary>An address of this application for a mail.</summary>
    /// <param name="path">Relative, as <see cref="AppUrls"/> gives it.</param>
    public string LinkTo(string path) => $"{options.Value.PublicUrl!.TrimEnd('/')}/{path}";

    /// <returns>False when the server does not take it; the log says why.</returns>
    public async Task<bool> SendAsync(string to, string subject, string text, CancellationToken cancellationToken)
    {
        using var message = new MimeMessage { Subject = subject, Body = new TextPart("plain") { Text = text } };
        message.From.Add(options.Value.Sender!);
        message.To.Add(new MailboxAddress("", to));
        try
        {
            await SendAsync(message, options.Value.Address!, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or TimeoutException or ProtocolException or ServiceNotConnectedException or AuthenticationException or SslHandshakeException or NotSupportedException or CommandException)
        {
            LogFailure(exception.Message);
            return false;
        }
    }

    private static async Task SendAsync(MimeMessage message, Uri server, CancellationToken cancellationToken)
    {
        using var client = new SmtpClient { Timeout = PatienceMilliseconds };
        var isTls = server.Scheme == "smtps";
        var user = server.UserInfo.Split(':', 2);
        var hasUser = user[0].Length > 0;
        var port = server.Port > 0 ? server.Port : isTls ? TlsPort : SubmissionPort;
        // A password goes to another machine by TLS only.
        var security = isTls ? SecureSocketOptions.SslOnConnect : hasUser && !server.IsLoopback ? SecureSocketOptions.StartTls : SecureSocketOptions.StartTlsWhenAvailable;
        await client.ConnectAsync(server.Host, port, security, cancellationToken);
        if (hasUser) await client.AuthenticateAsync(Uri.UnescapeDataString(user[0]), Uri.UnescapeDataString(user.ElementAtOrDefault(1) ?? ""), cancellationToken);
        await client.SendAsync(message, cancellationToken);
        await client.DisconnectAsync(quit: true, cancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "A mail could not be sent: {Reason}")]
    private partial void LogFailure(string reason);
}
