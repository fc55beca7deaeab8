using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Files.Checks;

/// <summary>How often what is stored is read again and compared with its checksum.</summary>
public sealed class CheckOptions
{
    public const string Variable = "CHECK_FILES_DAYS";

    public const int DefaultDays = 30;

    /// <summary>Every content within so many days; 0 for never.</summary>
    [ConfigurationKeyName(Variable)]
    public string? DaysText { get; set; }

    /// <summary>The same as a number; below 0 where it is none.</summary>
    public int Days => string.IsNullOrWhiteSpace(DaysText) ? DefaultDays : int.TryParse(DaysText, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : -1;
}

internal sealed class CheckOptionsValidator : IValidateOptions<CheckOptions>
{
    private const int Most = 3_650;

    public ValidateOptionsResult Validate(string? name, CheckOptions options) =>
        options.Days is >= 0 and <= Most ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"{CheckOptions.Variable} is '{options.DaysText}'; it may be a whole number of days from 0 (never) to {Most}, or unset for {CheckOptions.DefaultDays}.");
}
