using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database.Postgres;

namespace PlaybookBuilder.Core.Database;

/// <summary>Where the state is kept: <c>DATABASE_URL</c>.</summary>
public sealed class DatabaseOptions
{
    public const string Variable = "DATABASE_URL";
    public const string Memory = "memory:";

    /// <summary>Unset: the embedded database in <c>data/playbook.db</c>; <c>memory:</c>: one that does not outlive the process; the path of a file; or Postgres.</summary>
    [ConfigurationKeyName(Variable)]
    public string? Url { get; set; }

    internal bool IsMemory => Url == Memory;

    internal string FilePath => Path.GetFullPath(string.IsNullOrEmpty(Url) ? Path.Combine("data", "playbook.db") : Url["file:".Length..]);
}

internal sealed class DatabaseOptionsValidator : IValidateOptions<DatabaseOptions>
{
    public ValidateOptionsResult Validate(string? name, DatabaseOptions options)
    {
        if (string.IsNullOrEmpty(options.Url) || options.IsMemory || (options.Url.StartsWith("file:", StringComparison.Ordinal) && options.Url.Length > "file:".Length)) return ValidateOptionsResult.Success;

        if (!PostgresUrl.IsOne(options.Url)) return ValidateOptionsResult.Fail($"{DatabaseOptions.Variable} is '{Scheme(options.Url)}…'; it may be unset (data/playbook.db), 'memory:' (nothing is kept), 'file:<path>' or 'postgres://user:password@host:port/database'.");

        try
        {
            PostgresUrl.Parse(options.Url);
            return ValidateOptionsResult.Success;
        }
        catch (FormatException exception)
        {
            return ValidateOptionsResult.Fail($"{DatabaseOptions.Variable} can't be used: {exception.Message}.");
        }
    }

    // A connection string may hold a password: only what stands before the colon is repeated.
    private static string Scheme(string url) => url.Split(':')[0];
}
