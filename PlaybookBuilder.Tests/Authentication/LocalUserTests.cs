using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Tests.Authentication;

public sealed class LocalUserTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Upload_FromThisMachine_IsTheLocalUsers()
    {
        using var response = await SendAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("Host", "playbooks.example")]
    [InlineData("X-Forwarded-For", "10.1.2.3")]
    [InlineData("Forwarded", "for=10.1.2.3")]
    public async Task Upload_WithASignOfSomewhereElse_IsNobodys(string header, string value)
    {
        using var response = await SendAsync((header, value));

        await Problems.ReadAsync(response, HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Origin", "https://elsewhere.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    public async Task Upload_SentByAnotherSite_IsRefused(string header, string value)
    {
        using var response = await SendAsync((header, value));

        await Problems.ReadAsync(response, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Upload_SentByOurOwnPage_IsTaken()
    {
        using var response = await SendAsync(("Origin", server.Client.BaseAddress!.GetLeftPart(UriPartial.Authority)), ("Sec-Fetch-Site", "same-origin"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Circuit_OpenedByAnotherSite_IsRefused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_blazor") { Headers = { { "Origin", "https://elsewhere.example" } } };
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:5000")]
    [InlineData("urls", "http://127.0.0.1:5000;http://192.168.1.2:5000")]
    [InlineData("urls", "http://*:5000")]
    [InlineData("http_ports", "8080")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://playbooks.example:80")]
    public void Check_AnAddressThatOthersReach_IsRefused(string setting, string value)
    {
        var refusal = Assert.Throws<OptionsValidationException>(() => LoopbackListening.Check(Settings(setting, value), new LocalUserOptions()));

        Assert.Contains(LocalUserOptions.Variable, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls", "http://localhost:5000;http://[::1]:5001;http://127.0.0.2:0")]
    [InlineData("unrelated", "")]
    public void Check_ALoopbackAddress_IsFine(string setting, string value) => LoopbackListening.Check(Settings(setting, value), new LocalUserOptions());

    [Fact]
    public void Check_WithoutALocalUser_AnyAddressIsFine() =>
        LoopbackListening.Check(Settings("urls", "http://0.0.0.0:5000"), new LocalUserOptions { Mode = "false" });

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "postgres://db/playbooks", false)]
    [InlineData("true", "postgres://db/playbooks", true)]
    [InlineData("false", null, false)]
    [InlineData("token", null, true)]
    public void IsOn_Modes_FollowTheDatabaseUnlessSet(string? mode, string? database, bool isOn) =>
        Assert.Equal(isOn, new LocalUserOptions { Mode = mode, DatabaseUrl = database }.IsOn);

    private static IConfiguration Settings(string name, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build();

    private async Task<HttpResponseMessage> SendAsync(params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, FileUploadApi.Path) { Content = new MultipartFormDataContent { { new StringContent("a"), "file", "a.txt" } } };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
