using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Files;

/// <summary>Under which name the files here are known: <c>PUBLIC_URL</c>.</summary>
public sealed class FileAddressOptions
{
    public const string Variable = "PUBLIC_URL";

    /// <summary>Where the application is reached from outside; unset when it is only for this machine.</summary>
    [ConfigurationKeyName(Variable)]
    public string? PublicUrl { get; set; }

    /// <summary>The host in our <c>drs://</c> links.</summary>
    public string Host => string.IsNullOrEmpty(PublicUrl) ? "localhost" : new Uri(PublicUrl).Authority;
}

internal sealed class FileAddressOptionsValidator : IValidateOptions<FileAddressOptions>
{
    public ValidateOptionsResult Validate(string? name, FileAddressOptions options) =>
        string.IsNullOrEmpty(options.PublicUrl) || (Uri.TryCreate(options.PublicUrl, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps))
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{FileAddressOptions.Variable} is '{options.PublicUrl}'; it may be unset or an address such as https://playbooks.example.org.");
}
