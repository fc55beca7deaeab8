using System.Net.Mail;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>Who administers the application: <c>ADMIN_EMAILS</c>.</summary>
public sealed class AccountOptions
{
    public const string Variable = "ADMIN_EMAILS";

    /// <summary>Addresses, separated by commas. An address counts where a provider, or an e-mail, has verified it.</summary>
    [ConfigurationKeyName(Variable)]
    public string? AdminEmails { get; set; }

    /// <summary>In lower case.</summary>
    public IReadOnlyList<string> Admins => [.. (AdminEmails ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static email => email.ToLowerInvariant())];
}

internal sealed class AccountOptionsValidator : IValidateOptions<AccountOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountOptions options) =>
        options.Admins.FirstOrDefault(static email => !MailAddress.TryCreate(email, out _)) is { } wrong
            ? ValidateOptionsResult.Fail($"{AccountOptions.Variable} names '{wrong}'; it may be unset, or e-mail addresses separated by commas.")
            : ValidateOptionsResult.Success;
}
