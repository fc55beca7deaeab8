using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;

namespace PlaybookBuilder.Core.Secrets;

/// <summary>What is encrypted at rest is encrypted under this: <c>APP_SECRET</c>.</summary>
public sealed class AppSecretOptions
{
    public const string Variable = "APP_SECRET";

    internal const int LeastCharacters = 32;

    /// <summary>Secrets separated by commas: the first encrypts, the others still decrypt what was encrypted under them.</summary>
    [ConfigurationKeyName(Variable)]
    public string? Text { get; set; }

    [ConfigurationKeyName(DatabaseOptions.Variable)]
    public string? DatabaseUrl { get; set; }

    public string[] Secrets => (Text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

internal sealed class AppSecretOptionsValidator : IValidateOptions<AppSecretOptions>
{
    public ValidateOptionsResult Validate(string? name, AppSecretOptions options)
    {
        if (options.Secrets.Length == 0)
        {
            return PostgresUrl.IsOne(options.DatabaseUrl ?? "")
                ? ValidateOptionsResult.Fail($"{AppSecretOptions.Variable} is not set: with Postgres it has to be the same for all programs of the deployment, at least {AppSecretOptions.LeastCharacters} characters that nobody can guess ('openssl rand -hex 32' gives some).")
                : ValidateOptionsResult.Success;
        }

        // A secret is never repeated.
        return options.Secrets.All(static secret => secret.Length >= AppSecretOptions.LeastCharacters)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{AppSecretOptions.Variable} has a secret of less than {AppSecretOptions.LeastCharacters} characters ('openssl rand -hex 32' gives one that is long enough).");
    }
}
