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
    public int? WithinDays { get; set; }

    public int Days => WithinDays ?? DefaultDays;
}

internal sealed class CheckOptionsValidator : IValidateOptions<CheckOptions>
{
    private const int Most = 3_650;

    public ValidateOptionsResult Validate(string? name, CheckOptions options) =>
        options.Days is >= 0 and <= Most ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"{CheckOptions.Variable} is {options.Days}; it is to be a number of days from 0 (never) to {Most}.");
}
