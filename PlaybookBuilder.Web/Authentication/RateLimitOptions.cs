using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>How much anybody may ask for in a minute: <c>RATE_LIMIT</c>, <c>RATE_LIMIT_RUN</c>, <c>RATE_LIMIT_SIGNIN</c>; 0 is without limit.</summary>
public sealed class RateLimitOptions
{
    public const string ReadVariable = "RATE_LIMIT";
    public const string RunVariable = "RATE_LIMIT_RUN";
    public const string SignInVariable = "RATE_LIMIT_SIGNIN";

    /// <summary>Requests to the API.</summary>
    [ConfigurationKeyName(ReadVariable)]
    public string? Read { get; set; }

    /// <summary>Requests to the API that make or run something.</summary>
    [ConfigurationKeyName(RunVariable)]
    public string? Run { get; set; }

    /// <summary>Sign-ins, of one network address.</summary>
    [ConfigurationKeyName(SignInVariable)]
    public string? SignIn { get; set; }

    public int ReadLimit => Parse(Read, 6_000) ?? 0;

    public int RunLimit => Parse(Run, 1_200) ?? 0;

    public int SignInLimit => Parse(SignIn, 30) ?? 0;

    internal static int? Parse(string? text, int unset)
    {
        if (string.IsNullOrEmpty(text)) return unset;

        return int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number <= 1_000_000 ? number : null;
    }
}

internal sealed class RateLimitOptionsValidator : IValidateOptions<RateLimitOptions>
{
    public ValidateOptionsResult Validate(string? name, RateLimitOptions options)
    {
        (string Variable, string? Text)[] all = [(RateLimitOptions.ReadVariable, options.Read), (RateLimitOptions.RunVariable, options.Run), (RateLimitOptions.SignInVariable, options.SignIn)];
        return all.FirstOrDefault(static one => RateLimitOptions.Parse(one.Text, 0) is null) is { Variable: { } variable, Text: var text }
            ? ValidateOptionsResult.Fail($"{variable} is '{text}'; it may be unset, or how many requests a minute are let through, from 0 (without limit) to 1000000.")
            : ValidateOptionsResult.Success;
    }
}
