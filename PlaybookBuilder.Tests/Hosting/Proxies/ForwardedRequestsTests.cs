using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Hosting.Proxies;

namespace PlaybookBuilder.Tests.Hosting.Proxies;

/// <summary>What the whole application takes a request for that a proxy on this machine passes on.</summary>
public sealed class ForwardedRequestsTests
{
    private const string Seen = "X-Seen";
    private const string Loopback = "127.0.0.1,::1";

    [Theory]
    [InlineData("127.0.0.0/8,::1", "https 203.0.113.9")]
    [InlineData("192.0.2.1, 127.0.0.1, ::1", "https 203.0.113.9")]
    [InlineData("192.0.2.0/24", "http loopback")]
    [InlineData("", "http loopback")]
    public async Task Get_PassedOn_IsBelievedOfTrustedProxiesOnly(string trusted, string seen)
    {
        await using var server = new ForwardedServer(trusted);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz") { Headers = { { "X-Forwarded-For", "203.0.113.9" }, { "X-Forwarded-Proto", "https" } } };

        using var answer = await server.Start().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(seen, answer.Headers.GetValues(Seen).Single());
    }

    [Fact]
    public async Task Host_ThatAClientForwards_IsNotTaken()
    {
        await using var server = new ForwardedServer(Loopback);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/db/fpl") { Headers = { { "X-Forwarded-Host", "elsewhere.example" }, { "Origin", "https://elsewhere.example" } } };

        using var answer = await server.Start().SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Upload_PassedOnFromThisMachineByATrustedProxy_IsNobodys()
    {
        await using var server = new ForwardedServer(Loopback);
        using var form = new MultipartFormDataContent { { new StringContent("a"), "file", "a.txt" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, FileUploadApi.Path) { Content = form, Headers = { { "X-Forwarded-For", "127.0.0.1" } } };

        using var answer = await server.Start().SendAsync(request, TestContext.Current.CancellationToken);

        await Problems.ReadAsync(answer, HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("10.0.0.5, fd00::1, 172.16.0.0/12", null)]
    [InlineData("proxy.example.org", "proxy.example.org")]
    [InlineData("10.0.0.0/33", "10.0.0.0/33")]
    [InlineData("10.0.0.1,elsewhere", "elsewhere")]
    public void Proxies_WhatIsNoAddress_IsNamed(string? trusted, string? wrong)
    {
        var result = new ProxyOptionsValidator().Validate(null, new ProxyOptions { Text = trusted });

        Assert.Equal(wrong is null, result.Succeeded);
        if (wrong is not null) Assert.StartsWith($"{ProxyOptions.Variable} names '{wrong}'", result.FailureMessage, StringComparison.Ordinal);
    }

    /// <summary>The application on a real port, with a header in every answer that tells what it took the request for.</summary>
    private sealed class ForwardedServer(string trusted) : WebApplicationFactory<Program>
    {
        public HttpClient Start()
        {
            UseKestrel(0);
            StartServer();
            return CreateClient();
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseSetting("DATABASE_URL", "memory:");
            builder.UseSetting("UFS_STORAGE", "memory:");
            builder.UseSetting(ProxyOptions.Variable, trusted);
            builder.ConfigureLogging(static logging => logging.ClearProviders());
            builder.ConfigureServices(static services => services.AddSingleton<IStartupFilter, Telling>());
        }
    }

    private sealed class Telling : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(static (context, next) =>
            {
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers[Seen] = $"{context.Request.Scheme} {(IPAddress.IsLoopback(context.Connection.RemoteIpAddress!) ? "loopback" : context.Connection.RemoteIpAddress)}";
                    return Task.CompletedTask;
                });
                return next(context);
            });
            next(app);
        };
    }
}
