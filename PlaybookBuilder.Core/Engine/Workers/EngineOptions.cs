using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>How much runs at once in this process, <c>N_WORKERS</c>, and how long it may go on when the process is told to end, <c>DRAIN_SECONDS</c>.</summary>
public sealed class EngineOptions
{
    public const string Variable = "N_WORKERS";
    public const int Most = 1000;
    public const string DrainVariable = "DRAIN_SECONDS";
    public const int MostDrainSeconds = 3600;

    private const int Default = 4;
    private const int NoNumber = -1;

    /// <summary>As it was set; a number is made of it here, so that the message about a wrong value is ours.</summary>
    [ConfigurationKeyName(Variable)]
    public string? Text { get; set; }

    public int Workers => string.IsNullOrWhiteSpace(Text)
        ? Default
        : ToNumber(Text);

    /// <summary>As it was set.</summary>
    [ConfigurationKeyName(DrainVariable)]
    public string? DrainText { get; set; }

    /// <summary>What holds unless it is set. None where one program has the database to itself: its next start takes up again what was stopped.</summary>
    internal TimeSpan DefaultDrain { get; set; }

    /// <summary>How long what runs may go on, when the program is told to end, before it is stopped and given back.</summary>
    public TimeSpan Drain => string.IsNullOrWhiteSpace(DrainText) ? DefaultDrain : TimeSpan.FromSeconds(ToNumber(DrainText));

    /// <summary>How long the program may take to end: all of its drain, and then a grace for what has to be told to stop.</summary>
    public TimeSpan ShutdownTimeout => Drain + (JobRunner.Grace * 2);

    private static int ToNumber(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : NoNumber;
}

internal sealed class EngineOptionsValidator : IValidateOptions<EngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EngineOptions options)
    {
        if (options.Workers is < 0 or > EngineOptions.Most) return ValidateOptionsResult.Fail($"{EngineOptions.Variable} is '{options.Text}'; it may be a whole number from 0 to {EngineOptions.Most}.");

        return options.Drain.TotalSeconds is < 0 or > EngineOptions.MostDrainSeconds
            ? ValidateOptionsResult.Fail($"{EngineOptions.DrainVariable} is '{options.DrainText}'; it may be a whole number of seconds from 0 to {EngineOptions.MostDrainSeconds}.")
            : ValidateOptionsResult.Success;
    }
}
