using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Cavatica.Wes;

namespace PlaybookBuilder.Core.Cavatica;

/// <summary>Where the platform is on which users have accounts of their own.</summary>
public sealed class CavaticaOptions
{
    public const string ApiVariable = "CAVATICA_API_ENDPOINT";
    public const string WesVariable = "CAVATICA_WES_ENDPOINT";

    /// <summary>The platform's API; unset: CAVATICA's.</summary>
    [ConfigurationKeyName(ApiVariable)]
    public string? Api { get; set; }

    /// <summary>Its workflow execution service; unset: CAVATICA's.</summary>
    [ConfigurationKeyName(WesVariable)]
    public string? Wes { get; set; }

    internal Uri ApiEndpoint => string.IsNullOrEmpty(Api) ? SevenBridgesSettings.CavaticaEndpoint : new Uri(Api);

    internal Uri WesEndpoint => string.IsNullOrEmpty(Wes) ? WesSettings.CavaticaEndpoint : new Uri(Wes);
}

internal sealed class CavaticaOptionsValidator : IValidateOptions<CavaticaOptions>
{
    // Whatever the keys of users are, they are none of the settings.
    private const string AnyKey = "key";

    public ValidateOptionsResult Validate(string? name, CavaticaOptions options)
    {
        string[] faults = [.. Check(CavaticaOptions.ApiVariable, options.Api, SevenBridgesSettings.Problem), .. Check(CavaticaOptions.WesVariable, options.Wes, WesSettings.Problem)];
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string> Check(string variable, string? value, Func<Uri, string, string?> problem)
    {
        if (string.IsNullOrEmpty(value)) yield break;

        if (!Uri.TryCreate(value, UriKind.Absolute, out var endpoint)) yield return $"{variable} is '{value}', which is no address; it may be unset, or one with https.";
        else if (problem(endpoint, AnyKey) is { } fault) yield return $"{variable} is '{value}': {fault}.";
    }
}
