using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Tests.Deployment;
using PlaybookBuilder.Web.Hosting;
using PlaybookBuilder.Web.Telemetry;

namespace PlaybookBuilder.Tests.Hosting;

public sealed partial class SettingsInForceTests
{
    private static readonly Actor Admin = new(LocalAccount.Id, IsAdmin: true);

    [Fact]
    public void Known_AreAllThatTheManualNames()
    {
        var named = TableRow().Matches(Repository.Read("README.md")).SelectMany(row => Variable().Matches(row.Groups[1].Value)).Select(name => name.Groups[1].Value).ToArray();

        Assert.Contains("RATE_LIMIT_RUN", named);
        Assert.Empty(named.Except(SettingsInForce.Known.Select(known => known.Name)));
        Assert.Equal(SettingsInForce.Known.Select(known => known.Name).Order(StringComparer.Ordinal), SettingsInForce.Known.Select(known => known.Name));
    }

    [Fact]
    public void Read_TellsValuesWithoutSecretsAndDefaults()
    {
        var settings = Read(("APP_SECRET", new string('s', 32)), ("AUTH_OIDC", "{}"), ("DATABASE_URL", "postgres://user:password-of-it@host/db"), ("urls", "http://localhost:7000"), ("http_ports", "8080"), ("RATE_LIMIT", "7"));

        Assert.Equal(SettingsInForce.Set, settings["APP_SECRET"].Value);
        Assert.Equal(SettingsInForce.Set, settings["AUTH_OIDC"].Value);
        Assert.DoesNotContain("password-of-it", settings["DATABASE_URL"].Value, StringComparison.Ordinal);
        Assert.Equal("http://localhost:7000", settings["ASPNETCORE_URLS"].Value);
        Assert.Equal("8080", settings["ASPNETCORE_HTTP_PORTS"].Value);
        Assert.Equal(("7", "6000"), (settings["RATE_LIMIT"].Value, settings["RATE_LIMIT"].Default));
        Assert.Equal((SettingsInForce.Unset, "4"), (settings["N_WORKERS"].Value, settings["N_WORKERS"].Default));
        Assert.All(settings.Values, setting => Assert.NotEmpty(setting.Default));
        Assert.Throws<AccessException>(() => new SettingsInForce(new ConfigurationBuilder().Build(), new SecretMask(new ConfigurationBuilder().Build())).Read(Actor.Anonymous));
    }

    private static Dictionary<string, SettingInForce> Read(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
        return new SettingsInForce(configuration, new SecretMask(configuration)).Read(Admin).ToDictionary(setting => setting.Name);
    }

    [GeneratedRegex(@"^\| (`[A-Z][A-Z_]+`[^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex("`([A-Z][A-Z_]+)`")]
    private static partial Regex Variable();
}
