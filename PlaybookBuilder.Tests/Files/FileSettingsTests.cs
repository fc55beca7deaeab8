using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Checks;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Core.Files.Orphans;

namespace PlaybookBuilder.Tests.Files;

/// <summary>Settings of files: empty ones are unset ones, and wrong ones stop the start with a line that names them.</summary>
public sealed class FileSettingsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void AddFiles_WithEmptySettings_TakesTheDefaults(string? text)
    {
        using var services = Services([.. new[] { FetchOptions.Variable, FetchOptions.TimeVariable, CheckOptions.Variable, OrphanOptions.Variable }.Select(name => (name, text))]);
        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Empty(services.GetRequiredService<IOptions<FetchOptions>>().Value.ReadNetworks());
        Assert.Equal(FetchOptions.DefaultMaxSeconds, services.GetRequiredService<IOptions<FetchOptions>>().Value.MaxSeconds);
        Assert.Equal(CheckOptions.DefaultDays, services.GetRequiredService<IOptions<CheckOptions>>().Value.Days);
        Assert.Equal(OrphanOptions.DefaultDays, services.GetRequiredService<IOptions<OrphanOptions>>().Value.Days);
    }

    [Fact]
    public void AddFiles_WithSettings_TakesThem()
    {
        using var services = Services((FetchOptions.Variable, "10.20.0.0/16, 192.168.1.7"), (FetchOptions.TimeVariable, "60"), (CheckOptions.Variable, "0"), (OrphanOptions.Variable, "0"));
        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal(["10.20.0.0/16", "192.168.1.7/32"], services.GetRequiredService<IOptions<FetchOptions>>().Value.ReadNetworks().Select(static network => $"{network}"));
        Assert.Equal((60, 0, 0), (services.GetRequiredService<IOptions<FetchOptions>>().Value.MaxSeconds, services.GetRequiredService<IOptions<CheckOptions>>().Value.Days, services.GetRequiredService<IOptions<OrphanOptions>>().Value.Days));
    }

    [Theory]
    [InlineData("FETCH_ALLOWED_NETWORKS", "10.20.0.0/33", "FETCH_ALLOWED_NETWORKS: '10.20.0.0/33' is no network; it may be unset")]
    [InlineData("FETCH_ALLOWED_NETWORKS", "10.0.0.0/8, intranet", "FETCH_ALLOWED_NETWORKS: 'intranet' is no network; it may be unset")]
    [InlineData("FETCH_MAX_SECONDS", "0", "FETCH_MAX_SECONDS is '0'; it may be a whole number of seconds above 0")]
    [InlineData("FETCH_MAX_SECONDS", "1.5", "FETCH_MAX_SECONDS is '1.5'; it may be a whole number of seconds above 0")]
    [InlineData("FETCH_MAX_SECONDS", "99999999999", "FETCH_MAX_SECONDS is '99999999999'; it may be a whole number of seconds above 0")]
    [InlineData("CHECK_FILES_DAYS", "-1", "CHECK_FILES_DAYS is '-1'; it may be a whole number of days from 0 (never)")]
    [InlineData("CHECK_FILES_DAYS", "3651", "CHECK_FILES_DAYS is '3651'; it may be a whole number of days from 0 (never)")]
    [InlineData("CHECK_FILES_DAYS", "a month", "CHECK_FILES_DAYS is 'a month'; it may be a whole number of days from 0 (never)")]
    [InlineData("ORPHANED_FILES_DAYS", "-1", "ORPHANED_FILES_DAYS is '-1'; it may be a whole number of days from 0 (never)")]
    [InlineData("ORPHANED_FILES_DAYS", "7 days", "ORPHANED_FILES_DAYS is '7 days'; it may be a whole number of days from 0 (never)")]
    public void AddFiles_WithAWrongSetting_StopsTheStartWithOneLine(string name, string text, string message)
    {
        using var services = Services((name, text));

        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static ServiceProvider Services(params (string Name, string? Text)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create(setting.Name, setting.Text))).Build();
        return new ServiceCollection().AddFiles(configuration).BuildServiceProvider();
    }
}
