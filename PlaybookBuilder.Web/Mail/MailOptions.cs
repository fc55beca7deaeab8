using MimeKit;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Web.Mail;

/// <summary>How mail is sent: <c>EMAIL_SERVER</c> and <c>EMAIL_FROM</c>.</summary>
public sealed class MailOptions
{
    public const string ServerVariable = "EMAIL_SERVER";
    public const string FromVariable = "EMAIL_FROM";

    /// <summary><c>smtp://user:password@host:port</c>, which turns to TLS where the server can, or <c>smtps://</c>; unset: no mail.</summary>
    [ConfigurationKeyName(ServerVariable)]
    public string? Server { get; set; }

    /// <summary>Who sends: <c>name@example.org</c> or <c>Name &lt;name@example.org&gt;</c>.</summary>
    [ConfigurationKeyName(FromVariable)]
    public string? From { get; set; }

    /// <summary>Where links in mails lead: never to what a request calls its host.</summary>
    [ConfigurationKeyName(FileAddressOptions.Variable)]
    public string? PublicUrl { get; set; }

    public bool IsOn => !string.IsNullOrWhiteSpace(Server);

    /// <summary>The server's address; null when it is none.</summary>
    internal Uri? Address =>
        Uri.TryCreate(Server, UriKind.Absolute, out var address) && address.Scheme is "smtp" or "smtps" && address.Host.Length > 0 && address.PathAndQuery is "" or "/" ? address : null;

    internal MailboxAddress? Sender => MailboxAddress.TryParse(From, out var sender) ? sender : null;
}
