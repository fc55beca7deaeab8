using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>Whether there is a local user: <c>AUTH_LOCAL_USER</c>.</summary>
public sealed class LocalUserOptions
{
    public const string Variable = "AUTH_LOCAL_USER";

    /// <summary>Unset: yes with the embedded database. <c>true</c>, <c>false</c>, or <c>token</c>: yes for whoever opened the address that was printed at start.</summary>
    [ConfigurationKeyName(Variable)]
    public string? Mode { get; set; }

    [ConfigurationKeyName(DatabaseOptions.Variable)]
    public string? DatabaseUrl { get; set; }

    public bool IsOn => Mode is "true" or "token" || (string.IsNullOrEmpty(Mode) && !IsDatabaseServer);

    public bool NeedsToken => Mode == "token";

    /// <summary>Known to whoever can read this program's output.</summary>
    public string Token { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    private bool IsDatabaseServer => DatabaseUrl?.StartsWith("postgres", StringComparison.Ordinal) == true;
}

internal sealed class LocalUserOptionsValidator : IValidateOptions<LocalUserOptions>
{
    public ValidateOptionsResult Validate(string? name, LocalUserOptions options) =>
        options.Mode is null or "" or "true" or "false" or "token"
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{LocalUserOptions.Variable} is '{options.Mode}'; it may be unset, true, false or token.");
}
