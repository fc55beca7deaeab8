using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>How much runs at once in this process: <c>N_WORKERS</c>.</summary>
public sealed class EngineOptions
{
    public const string Variable = "N_WORKERS";
    public const int Most = 1000;

    private const int Default = 4;
    private const int NoNumber = -1;

    /// <summary>As it was set; a number is made of it here, so that the message about a wrong value is ours.</summary>
    [ConfigurationKeyName(Variable)]
    public string? Text { get; set; }

    public int Workers => string.IsNullOrWhiteSpace(Text)
        ? Default
        : int.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : NoNumber;
}

internal sealed class EngineOptionsValidator : IValidateOptions<EngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EngineOptions options) =>
        options.Workers is >= 0 and <= EngineOptions.Most
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{EngineOptions.Variable} is '{options.Text}'; it may be a whole number from 0 to {EngineOptions.Most}.");
}
