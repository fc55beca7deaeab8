using System.Security.Cryptography;
using System.Xml.Linq;
using Npgsql;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Secrets;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Authentication.Keys;

namespace PlaybookBuilder.Tests.Authentication.Keys;

/// <summary>The keys that replicas share through Postgres.</summary>
public sealed class SharedKeysTests(PostgresServer server)
{
    private const string Old = "the-first-secret-of-the-tests-that-is-long-enough";
    private const string New = "the-other-secret-of-the-tests-that-is-long-enough";
    private const string SelectXml = "SELECT xml FROM data_protection_key";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Protect_ByOneReplica_IsReadByAnother()
    {
        var url = await server.NewDatabaseAsync();
        using var one = Replica.Start(url, Old);
        using var other = Replica.Start(url, Old);

        Assert.Equal("a cookie", other.Unprotect(one.Protect("a cookie")));
        Assert.Empty(other.Warnings);
    }

    [Fact]
    public async Task Prepare_ByFiveAtOnce_MakesOneKey()
    {
        var url = await server.NewDatabaseAsync();

        var replicas = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Replica.Start(url, Old), Cancellation)));

        Assert.Single(await ReadAsync(url, SelectXml));
        Assert.All(replicas, replica => Assert.Equal("a cookie", replica.Unprotect(replicas[0].Protect("a cookie"))));
        foreach (var replica in replicas) replica.Dispose();
    }

    [Fact]
    public async Task Key_InTheDatabase_IsNotInClear()
    {
        var url = await server.NewDatabaseAsync();
        using var replica = Replica.Start(url, Old);
        replica.Protect("a cookie");

        var xml = Assert.Single(await ReadAsync(url, SelectXml));

        var encrypted = XElement.Parse(xml).Descendants("encrypted").Single();
        var key = SecretXmlDecryptor.Decrypt(replica.Get<AppSecret>(), encrypted).Descendants("value").Single().Value;
        Assert.True(Convert.FromBase64String(key).Length >= 32);
        Assert.DoesNotContain(key, xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotation_WithTheOldSecretListed_ReadsWhatWasProtectedBefore()
    {
        var url = await server.NewDatabaseAsync();
        using var before = Replica.Start(url, Old);
        var cookie = before.Protect("a cookie");

        using var after = Replica.Start(url, $"{New},{Old}");

        Assert.Equal("a cookie", after.Unprotect(cookie));
        Assert.Single(await ReadAsync(url, SelectXml));
        Assert.Empty(after.Warnings);
    }

    [Fact]
    public async Task Rotation_WithTheOldSecretDropped_StartsWithANewKeyAndSaysWhy()
    {
        var url = await server.NewDatabaseAsync();
        using var before = Replica.Start(url, Old);
        var cookie = before.Protect("a cookie");

        var replicas = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => Replica.Start(url, New), Cancellation)));

        Assert.Equal(2, (await ReadAsync(url, SelectXml)).Count);
        foreach (var replica in replicas)
        {
            Assert.Throws<CryptographicException>(() => replica.Unprotect(cookie));
            Assert.Equal("another", replica.Unprotect(replicas[0].Protect("another")));
            Assert.Contains(replica.Warnings, warning => warning.Contains(AppSecretOptions.Variable, StringComparison.Ordinal) && !warning.Contains(Old, StringComparison.Ordinal));
        }

        foreach (var replica in replicas) replica.Dispose();
        // Who still lists both reads both.
        using var both = Replica.Start(url, $"{New},{Old}");
        Assert.Equal("a cookie", both.Unprotect(cookie));
    }

    [Theory]
    [InlineData("its secret", "regexp_replace(xml, '(<encrypted [^>]*>)....', '\\1AAAA')")]
    [InlineData("a part of its secret", "regexp_replace(xml, '.{8}</encrypted>', 'AAAAAAAA</encrypted>')")]
    [InlineData("no base64", "regexp_replace(xml, '(<encrypted [^>]*>)', '\\1?')")]
    [InlineData("cut off", "left(xml, length(xml) / 2)")]
    [InlineData("another decryptor", "regexp_replace(xml, 'decryptorType=\"[^\"]*\"', 'decryptorType=\"Microsoft.AspNetCore.DataProtection.XmlEncryption.NullXmlDecryptor, Microsoft.AspNetCore.DataProtection\"')")]
    [InlineData("in clear", "regexp_replace(xml, '<encryptedSecret.*</encryptedSecret>', '<masterKey><value>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==</value></masterKey>')")]
    public async Task Key_ThatWasChanged_IsRefused(string change, string expression)
    {
        var url = await server.NewDatabaseAsync();
        using var before = Replica.Start(url, Old);
        var cookie = before.Protect("a cookie");
        var xml = Assert.Single(await ReadAsync(url, SelectXml));
        await ReadAsync(url, $"UPDATE data_protection_key SET xml = {expression}");
        Assert.True(xml != Assert.Single(await ReadAsync(url, SelectXml)), change);

        using var after = Replica.Start(url, Old);

        Assert.Throws<CryptographicException>(() => after.Unprotect(cookie));
        Assert.Equal("another", after.Unprotect(after.Protect("another")));
        Assert.Contains(after.Warnings, warning => warning.Contains("can't be read", StringComparison.Ordinal));
        Assert.Equal(2, (await ReadAsync(url, SelectXml)).Count);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(string url, string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresUrl.ToSingle(url));
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<string>();
        while (await reader.ReadAsync(Cancellation)) rows.Add(reader.GetString(0));
        return rows;
    }
}
