using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace PlaybookBuilder.Tests.Storage.Drs;

/// <summary>
/// A small DRS server with one bundle, <see cref="Root"/>, and bundles in it, some of which come with their contents and some by their ids alone. The ways to the bytes have by turns each form
/// that servers give them. It also answers as the resolver of compact identifiers.
/// </summary>
internal sealed class DrsServer : IAsyncDisposable
{
    public const string Root = "all";

    private const string Word = "Bearer open-sesame";

    private readonly ConcurrentDictionary<string, byte[]> _files = new();
    private readonly WebApplication _app;
    private int _resolved;

    private DrsServer(WebApplication app) => _app = app;

    public int Port => new Uri(_app.Urls.Single()).Port;

    /// <summary>How often the resolver was asked.</summary>
    public int Resolved => Volatile.Read(ref _resolved);

    /// <summary>Objects and their bytes are for those alone who send it.</summary>
    public static KeyValuePair<string, string> Token => KeyValuePair.Create("Authorization", Word);

    /// <summary>What the resolver knows of an identifier.</summary>
    public ConcurrentDictionary<string, JsonArray> Places { get; } = new();

    public string Resolver => $"http://127.0.0.1:{Port}/resolve/{{id}}";

    public static async Task<DrsServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static server => server.Listen(IPAddress.Loopback, 0));
        var server = new DrsServer(builder.Build());
        server.Map();
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public void Put(string path, byte[] content) => _files[$"{Root}/{path}"] = content;

    /// <summary>The id of what has a path in the bundle.</summary>
    public static string IdOf(string path) => path == Root ? Root : Convert.ToHexStringLower(Encoding.UTF8.GetBytes(path));

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string PathOf(string id) => id == Root ? Root : Encoding.UTF8.GetString(Convert.FromHexString(id));

    private void Map()
    {
        _app.MapGet("/ga4gh/drs/v1/objects/{id}", (string id, bool? expand, HttpRequest request) => Guarded(request, () => Describe(id, expand == true, request)));
        _app.MapGet("/ga4gh/drs/v1/objects/{id}/access/{access}", (string id, HttpRequest request) => Guarded(request, () => Results.Json(new JsonObject { ["url"] = UrlOf(id, request) })));
        _app.MapGet("/bytes/{id}", (string id, HttpRequest request) => request.Headers["X-Id"] == id || request.Headers.Authorization == Word ? Bytes(id) : Results.StatusCode(403));
        _app.MapGet("/resolve/{id}", (string id) =>
        {
            Interlocked.Increment(ref _resolved);
            return Places.TryGetValue(id, out var places) ? Results.Text(new JsonObject { ["payload"] = new JsonObject { ["resolvedResources"] = places.DeepClone() } }.ToJsonString(), "application/json") : Results.NotFound();
        });
    }

    private static IResult Guarded(HttpRequest request, Func<IResult> answer) => request.Headers.Authorization == Word ? answer() : Results.StatusCode(request.Headers.Authorization.Count == 0 ? 401 : 403);

    private static string UrlOf(string id, HttpRequest request) => $"http://{request.Host}/bytes/{id}";

    private IResult Bytes(string id)
    {
        var content = _files[PathOf(id)];
        return Results.Bytes(content, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content))}\""));
    }

    private IResult Describe(string id, bool expands, HttpRequest request)
    {
        var path = PathOf(id);
        if (_files.TryGetValue(path, out var content))
        {
            return Results.Json(new JsonObject
            {
                ["id"] = id,
                ["size"] = content.Length,
                ["created_time"] = DateTimeOffset.UtcNow.ToString("O"),
                ["checksums"] = new JsonArray(new JsonObject { ["type"] = "sha-256", ["checksum"] = Convert.ToHexStringLower(SHA256.HashData(content)) }),
                ["access_methods"] = new JsonArray(new JsonObject { ["type"] = "s3", ["access_url"] = new JsonObject { ["url"] = "s3://bucket/key" } }, Method(id, content.Length, request)),
            });
        }

        return Contents(path, expands) is { Count: > 0 } contents ? Results.Json(new JsonObject { ["id"] = id, ["created_time"] = "2026-01-01T00:00:00Z", ["contents"] = contents }) : Results.NotFound();
    }

    private static JsonObject Method(string id, int size, HttpRequest request) => (size % 3) switch
    {
        0 => new JsonObject { ["type"] = "https", ["access_id"] = "web" },
        1 => new JsonObject { ["type"] = "https", ["access_url"] = UrlOf(id, request) },
        _ => new JsonObject { ["type"] = "https", ["access_url"] = new JsonObject { ["url"] = UrlOf(id, request), ["headers"] = new JsonArray($"X-Id: {id}") } },
    };

    private JsonArray Contents(string path, bool expands)
    {
        var names = _files.Keys.Where(file => file.StartsWith($"{path}/", StringComparison.Ordinal)).Select(file => file[(path.Length + 1)..].Split('/')[0]).Distinct();
        return [.. names.Select(name =>
        {
            var content = new JsonObject { ["name"] = name, ["id"] = IdOf($"{path}/{name}") };
            if (expands && path.Count(static letter => letter == '/') % 2 == 0 && Contents($"{path}/{name}", expands: true) is { Count: > 0 } below) content["contents"] = below;
            return content;
        })];
    }
}
