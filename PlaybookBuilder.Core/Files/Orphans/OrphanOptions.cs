using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Files.Orphans;

/// <summary>When stored contents go that no record names.</summary>
public sealed class OrphanOptions
{
    public const string Variable = "ORPHANED_FILES_DAYS";

    public const int DefaultDays = 7;

    /// <summary>After so many days; 0 for never.</summary>
    [ConfigurationKeyName(Variable)]
    public string? DaysText { get; set; }

    /// <summary>The same as a number; below 0 where it is none.</summary>
    public int Days => string.IsNullOrWhiteSpace(DaysText) ? DefaultDays : int.TryParse(DaysText, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : -1;
}

internal sealed class OrphanOptionsValidator : IValidateOptions<OrphanOptions>
{
    private const int Most = 3_650;

    public ValidateOptionsResult Validate(string? name, OrphanOptions options) =>
        options.Days is >= 0 and <= Most ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail($"{OrphanOptions.Variable} is '{options.DaysText}'; it may be a whole number of days from 0 (never) to {Most}, or unset for {OrphanOptions.DefaultDays}.");
}
