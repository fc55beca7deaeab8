using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Tests.Files.Fetching;

/// <summary>Somebody else's server with files, on a loopback address.</summary>
internal sealed class OtherSite : IAsyncDisposable
{
    /// <summary>What every file of it holds.</summary>
    public static readonly byte[] Content = [.. Enumerable.Range(0, 300_000).Select(static i => (byte)(i % 241))];

    private const string Tag = "\"one\"";

    private readonly WebApplication _app;
    private int _asked;

    private OtherSite(WebApplication app) => _app = app;

    /// <summary>How often it was asked for anything.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public Uri Address => new(_app.Urls.Single());

    public int Port => Address.Port;

    public static async Task<OtherSite> StartAsync(string address = "127.0.0.1", int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Parse(address), port));
        var site = new OtherSite(builder.Build());
        site._app.Use((context, next) =>
        {
            Interlocked.Increment(ref site._asked);
            return next(context);
        });
        site.Map();
        await site._app.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Map()
    {
        var failures = 0;
        _app.MapGet("/counts.csv", static () => Results.Bytes(Content, "text/csv"));
        _app.MapGet("/named", static () => Results.Bytes(Content, fileDownloadName: "Größe.csv"));
        _app.MapGet("/status/{status:int}", static (int status) => Results.StatusCode(status));
        _app.MapGet("/to", static (string url) => Results.Redirect(url));
        _app.MapGet("/round", static () => Results.Redirect("/round"));
        _app.MapGet("/twice-away", () => Interlocked.Increment(ref failures) <= 2 ? Results.StatusCode(503) : Results.Bytes(Content));
        _app.MapGet("/endless", static (HttpContext context) => SendAsync(context, null, cutAfter: null));
        _app.MapGet("/cut", static (HttpContext context) => SendAsync(context, Content.Length, cutAfter: 100_000));
        _app.MapGet("/cut-without-tag", static async (HttpContext context) => await CutAsync(context, 100_000));
        _app.MapGet("/too-large", static (HttpContext context) => context.Response.Headers.ContentLength = long.MaxValue);
        _app.MapGet("/ga4gh/drs/v1/objects/as-object", (HttpRequest request) => Results.Json(new { id = "as-object", description = "by drs.csv", access_methods = new[] { new { type = "https", access_url = new { url = $"http://{request.Host}/needs-header", headers = new[] { "X-Key: 7" } } } } }));
        _app.MapGet("/ga4gh/drs/v1/objects/by-id", static () => Results.Json(new { id = "by-id", name = "by_id.csv", access_methods = new object[] { new { type = "s3" }, new { type = "https", access_id = "web" } } }));
        _app.MapGet("/ga4gh/drs/v1/objects/by-id/access/web", static (HttpRequest request) => Results.Json(new { url = $"http://{request.Host}/counts.csv" }));
        _app.MapGet("/ga4gh/drs/v1/objects/bundle", static () => Results.Json(new { id = "bundle", contents = Array.Empty<object>() }));
        _app.MapGet("/ga4gh/drs/v1/objects/odd", static () => Results.Text("<html>"));
        _app.MapGet("/needs-header", static (HttpRequest request) => request.Headers["X-Key"] == "7" ? Results.Bytes(Content) : Results.StatusCode(403));
        _app.MapGet("/tells-headers", static (HttpRequest request) => Results.Text(string.Join('\n', request.Headers.Select(static header => $"{header.Key}: {header.Value}"))));
    }

    // Each answer breaks off after so many bytes, and says by which tag the rest can be had.
    private static async Task SendAsync(HttpContext context, long? length, int? cutAfter)
    {
        var from = context.Request.Headers.IfRange == Tag ? int.Parse(context.Request.Headers.Range.ToString()["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture) : 0;
        context.Response.Headers.ETag = Tag;
        if (length is not null) context.Response.ContentLength = length - from;
        if (from > 0)
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ContentRange = $"bytes {from}-{length - 1}/{length}";
        }

        for (var sent = 0; cutAfter is null || (sent < cutAfter && from + sent < length); sent += 10_000)
        {
            await context.Response.Body.WriteAsync(Content.AsMemory((from + sent) % Content.Length, 10_000), context.RequestAborted);
        }

        await context.Response.Body.FlushAsync(context.RequestAborted);
        if (from + cutAfter < length) context.Abort();
    }

    private static async Task CutAsync(HttpContext context, int after)
    {
        context.Response.ContentLength = Content.Length;
        await context.Response.Body.WriteAsync(Content.AsMemory(0, after), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }
}
