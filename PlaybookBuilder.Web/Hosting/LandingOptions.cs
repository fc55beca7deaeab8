using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Hosting;

/// <summary>Where visitors of <c>/</c> are sent.</summary>
public sealed class LandingOptions
{
    public const string Variable = "LANDING_PAGE";

    /// <summary>A path here or an address elsewhere; null shows the start page.</summary>
    public string? Page { get; set; }
}

internal sealed class LandingOptionsCheck : IValidateOptions<LandingOptions>
{
    public ValidateOptionsResult Validate(string? name, LandingOptions options)
    {
        if (string.IsNullOrEmpty(options.Page)) return ValidateOptionsResult.Success;

        var isPath = options.Page.StartsWith('/') && options.Page is not ['/', '/' or '\\', ..] and not "/";
        var isAddress = Uri.TryCreate(options.Page, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
        return isPath || isAddress
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{LandingOptions.Variable} is '{options.Page}'; it may be a path such as /graph, or an http(s) address.");
    }
}
