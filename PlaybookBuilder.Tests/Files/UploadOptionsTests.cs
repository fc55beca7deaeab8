using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Tests.Files;

public sealed class UploadOptionsTests
{
    [Theory]
    [InlineData(null, 20L * 1024 * 1024 * 1024)]
    [InlineData("", 20L * 1024 * 1024 * 1024)]
    [InlineData("1", 1)]
    [InlineData("5000000000", 5_000_000_000)]
    public void AddFileIngest_Limit_IsRead(string? text, long expected)
    {
        using var services = Services(text);
        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal(expected, services.GetRequiredService<IOptions<UploadOptions>>().Value.MaxBytes);
        Assert.NotNull(services.GetRequiredService<FileIngest>());
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("20 GB")]
    [InlineData("1e9")]
    [InlineData("99999999999999999999")]
    public void AddFileIngest_WrongLimit_StopsTheStartWithOneLine(string text)
    {
        using var services = Services(text);
        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.StartsWith("UPLOAD_MAX_BYTES: must be a whole number of bytes above 0", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("5000", 5000L)]
    public void AddFileIngest_Quota_IsRead(string? text, long? expected)
    {
        using var services = Services(null, text);
        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal(expected, services.GetRequiredService<IOptions<UploadOptions>>().Value.QuotaBytes);
    }

    [Fact]
    public void AddFileIngest_WrongQuota_StopsTheStartWithOneLine()
    {
        using var services = Services(null, "5 GB");
        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.StartsWith("UPLOAD_QUOTA_BYTES: may be unset, or must be a whole number of bytes above 0", error.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Services(string? maxBytes, string? quota = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("UPLOAD_MAX_BYTES", maxBytes), KeyValuePair.Create("UPLOAD_QUOTA_BYTES", quota), KeyValuePair.Create("UFS_STORAGE", (string?)"memory:"), KeyValuePair.Create(DatabaseOptions.Variable, (string?)DatabaseOptions.Memory)]).Build();
        return new ServiceCollection().AddMetrics().AddStorage(configuration).AddDatabase(configuration).AddFileIngest(configuration).BuildServiceProvider();
    }
}
