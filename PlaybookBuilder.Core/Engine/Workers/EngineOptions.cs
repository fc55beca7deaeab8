using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>How much runs at once in this process: <c>N_WORKERS</c>.</summary>
public sealed class EngineOptions
{
    public const string Variable = "N_WORKERS";
    public const int Most = 1000;

    [ConfigurationKeyName(Variable)]
    public int Workers { get; set; } = 4;
}

internal sealed class EngineOptionsValidator : IValidateOptions<EngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EngineOptions options) =>
        options.Workers is >= 0 and <= EngineOptions.Most
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{EngineOptions.Variable} is {options.Workers}; it may be a whole number from 0 to {EngineOptions.Most}.");
}
