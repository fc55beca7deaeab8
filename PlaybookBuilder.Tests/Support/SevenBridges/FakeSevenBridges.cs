using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Cavatica;

namespace PlaybookBuilder.Tests.Support.SevenBridges;

/// <summary>
/// The documented part of the Seven Bridges API v2 that the client uses, on loopback, in memory; the bytes themselves are at another port, under signed addresses, where a request with the token
/// is refused. Which faults it has is said from outside.
/// </summary>
internal sealed class FakeSevenBridges : IAsyncDisposable
{
    public const string TokenHeader = "X-SBG-Auth-Token";

    private readonly WebApplication _application;
    private readonly TimeProvider _clock;
    private readonly FakeApi _api;
    private readonly FakeObjects _objects;
    private readonly FakeFaults _faults = new();
    private (int Most, TimeSpan Window)? _rate;
    private DateTimeOffset _windowEnd;
    private int _used;
    private int _refused;
    private int _tokensAtStorage;

    private FakeSevenBridges(WebApplication application, TimeProvider clock)
    {
        (_application, _clock) = (application, clock);
        Files = new FakeFiles(clock);
        _objects = new FakeObjects(Files, Lock, clock, () => StorageAddress!);
        _api = new FakeApi(Files, _objects, Lock, clock);
    }

    /// <summary>Held while anything is looked at or changed.</summary>
    public object Lock { get; } = new();

    public FakeFiles Files { get; }

    public int Port { get; private set; }

    public Uri Address => new($"http://127.0.0.1:{Port}/");

    /// <summary>Where signed addresses lead. The port of the API takes them too, for tests that stand before one port.</summary>
    public Uri? StorageAddress { get; set; }

    /// <summary>Every request of the API, such as <c>GET /v2/user</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Every request of the bytes.</summary>
    public ConcurrentQueue<string> StorageRequests => _objects.Requests;

    /// <summary>How often a token went to the host of the bytes.</summary>
    public int TokensAtStorage => _tokensAtStorage;

    /// <summary>How often 429 was the answer because of the rate.</summary>
    public int RefusedForTheirRate => _refused;

    /// <summary>What smaller part sizes are raised to.</summary>
    public long SmallestPart { get => _api.SmallestPart; set => _api.SmallestPart = value; }

    /// <summary>What every upload's parts have, whatever is asked for.</summary>
    public long? PartSize { get => _api.PartSize; set => _api.PartSize = value; }

    /// <summary>How long signed addresses hold.</summary>
    public TimeSpan SignatureLifetime { get => _objects.Lifetime; set => _objects.Lifetime = value; }

    public IReadOnlyList<FakeUpload> Uploads
    {
        get { lock (Lock) return [.. _api.Uploads.Values]; }
    }

    public static async Task<FakeSevenBridges> StartAsync(TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0", "http://127.0.0.1:0").ConfigureKestrel(static options => options.Limits.MaxRequestBodySize = null);
        var application = builder.Build();
        var fake = new FakeSevenBridges(application, clock ?? TimeProvider.System);
        application.Run(fake.AnswerAsync);
        await application.StartAsync();
        var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(static address => new Uri(address)).ToList();
        fake.Port = addresses[0].Port;
        fake.StorageAddress = addresses[1];
        return fake;
    }

    /// <returns>The user's token.</returns>
    public string AddUser(string name)
    {
        var token = Guid.NewGuid().ToString("N");
        lock (Lock) _api.Users[token] = name;
        return token;
    }

    public string NameOf(string token)
    {
        lock (Lock) return _api.Users[token];
    }

    /// <param name="id">Such as <c>user/project</c>; the owner is a member.</param>
    public void AddProject(string id, params ReadOnlySpan<(string User, bool CanWrite)> members)
    {
        lock (Lock)
        {
            _api.Projects[id] = new() { [id.Split('/')[0]] = true };
            foreach (var (user, canWrite) in members) _api.Projects[id][user] = canWrite;
        }
    }

    /// <summary>Installs a revision of an app.</summary>
    public void AddApp(string project, string app, int revision, JsonElement raw)
    {
        lock (Lock) _api.Apps[$"{project}/{app}"] = (revision, raw.Clone());
    }

    /// <returns>Whether the revision is the installed one of the same image, or the next.</returns>
    public bool TryInstall(string project, string app, int revision, JsonElement raw, string image)
    {
        lock (Lock)
        {
            var isThere = _api.Apps.TryGetValue($"{project}/{app}", out var known);
            var isSame = isThere && known.Revision == revision && WorkerApp.ImageOf(known.Raw) == image;
            if (isSame || revision == (isThere ? known.Revision + 1 : 0)) AddApp(project, app, revision, raw);
            return isSame || _api.Apps.TryGetValue($"{project}/{app}", out var now) && now.Revision == revision && WorkerApp.ImageOf(now.Raw) == image;
        }
    }

    /// <summary>So many requests in a window of that length, for all tokens together.</summary>
    public void LimitRate(int most, TimeSpan window)
    {
        lock (Lock) (_rate, _used, _windowEnd) = ((most, window), 0, _clock.GetUtcNow() + window);
    }

    /// <summary>The next request that matches, and not the ones before it, has this fault.</summary>
    public void Strike(FakeFault fault) => _faults.Add(fault);

    /// <summary>All signed addresses so far have expired.</summary>
    public void ExpireSignatures()
    {
        lock (Lock) _objects.Expire();
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var isStorage = context.Connection.LocalPort != Port || !context.Request.Path.StartsWithSegments("/v2");
        var line = $"{context.Request.Method} {context.Request.Path}";
        (isStorage ? StorageRequests : Requests).Enqueue(line);
        var fault = _faults.Take(line);
        if (fault is { IsSilent: true })
        {
            await FakeFaults.KeepSilentAsync(context);
            return;
        }

        if (fault is { Status: { } status })
        {
            await FakeAnswer.Error(status, fault.Code, "As it was told.").WriteAsync(context.Response);
            return;
        }

        if (isStorage)
            await AnswerFromStorageAsync(context);
        else
            await (await AnswerFromApiAsync(context, fault)).WriteAsync(context.Response);
    }

    private async Task AnswerFromStorageAsync(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(TokenHeader))
        {
            Interlocked.Increment(ref _tokensAtStorage);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await _objects.AnswerAsync(context, _api);
    }

    private async Task<FakeAnswer> AnswerFromApiAsync(HttpContext context, FakeFault? fault)
    {
        using var body = await ReadAsync(context.Request);
        FakeAnswer answer;
        lock (Lock)
            answer = Limit(context.Response) ?? _api.Answer(context.Request, body?.RootElement ?? default);

        // Done, but nobody hears of it.
        if (fault is not null) context.Abort();
        return answer;
    }

    private static async Task<JsonDocument?> ReadAsync(HttpRequest request)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        return buffer.Length == 0 ? null : JsonDocument.Parse(buffer.ToArray());
    }

    private FakeAnswer? Limit(HttpResponse response)
    {
        if (_rate is not { } rate) return null;

        if (_clock.GetUtcNow() >= _windowEnd) (_used, _windowEnd) = (0, _clock.GetUtcNow() + rate.Window);
        _used++;
        response.Headers["X-RateLimit-Limit"] = $"{rate.Most}";
        response.Headers["X-RateLimit-Remaining"] = $"{Math.Max(0, rate.Most - _used)}";
        response.Headers["X-RateLimit-Reset"] = $"{_windowEnd.ToUnixTimeSeconds()}";
        if (_used <= rate.Most) return null;

        _refused++;
        return FakeAnswer.Error(429, 1000, "Rate limit exceeded! Check response headers.");
    }
}
