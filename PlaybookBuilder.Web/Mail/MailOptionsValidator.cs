using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Web.Mail;

internal sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        if (!options.IsOn) return string.IsNullOrWhiteSpace(options.From) ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"{MailOptions.FromVariable} is set, but not {MailOptions.ServerVariable}: set both, or none.");
        // A password may be in it, so it is not repeated.
        if (options.Address is null) return ValidateOptionsResult.Fail($"{MailOptions.ServerVariable} is no address of a mail server: smtp://user:password@host:port or smtps://..., with special characters of the password as %40 and the like.");
        if (options.Sender is null) return ValidateOptionsResult.Fail($"{MailOptions.FromVariable} is '{options.From}'; with {MailOptions.ServerVariable} it must be an address: name@example.org or Name <name@example.org>.");

        return string.IsNullOrWhiteSpace(options.PublicUrl)
            ? ValidateOptionsResult.Fail($"{FileAddressOptions.Variable} is not set: with {MailOptions.ServerVariable} it has to be, since links in mails lead there.")
            : ValidateOptionsResult.Success;
    }
}
