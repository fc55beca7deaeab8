using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Retention;

/// <summary>How long, and how much, is kept of what no saved playbook holds: <c>CACHE_MAX_AGE_DAYS</c> and <c>CACHE_MAX_BYTES</c>.</summary>
public sealed class RetentionOptions
{
    public const string AgeVariable = "CACHE_MAX_AGE_DAYS";
    public const string SizeVariable = "CACHE_MAX_BYTES";
    public const int MostDays = 36_500;

    private const int NoNumber = 0;

    /// <summary>As it was set; a number is made of it here, so that the message about a wrong value is ours.</summary>
    [ConfigurationKeyName(AgeVariable)]
    public string? AgeText { get; set; }

    /// <summary>As it was set.</summary>
    [ConfigurationKeyName(SizeVariable)]
    public string? SizeText { get; set; }

    /// <summary>How old a result becomes at most; null for any age.</summary>
    public int? MaxAgeDays => string.IsNullOrWhiteSpace(AgeText) ? null : int.TryParse(AgeText, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : NoNumber;

    /// <summary>How many bytes results and the files that steps made may have together; null for any number.</summary>
    public long? MaxBytes => string.IsNullOrWhiteSpace(SizeText) ? null : long.TryParse(SizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : NoNumber;
}

internal sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        if (options.MaxAgeDays is < 1 or > RetentionOptions.MostDays) return ValidateOptionsResult.Fail($"{RetentionOptions.AgeVariable} is '{options.AgeText}'; it may be a whole number of days from 1 to {RetentionOptions.MostDays}, or unset for no limit.");

        return options.MaxBytes is < 1
            ? ValidateOptionsResult.Fail($"{RetentionOptions.SizeVariable} is '{options.SizeText}'; it may be a whole number of bytes above 0, or unset for no limit.")
            : ValidateOptionsResult.Success;
    }
}
