using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Google.Apis.Auth.OAuth2;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using PlaybookBuilder.Tests.Support;

[assembly: AssemblyFixture(typeof(GcsServer))]

namespace PlaybookBuilder.Tests.Support;

/// <summary>
/// A small imitation of Google Cloud Storage with one bucket in memory, written from the description of its JSON API: objects with generations and CRC32C, listings in pages, ranges, uploads in one call
/// and in resumable chunks, copies that take several calls, service accounts, signed URLs of version 4. It keeps no replaced generations. What Google does beyond its description, it does not show.
/// It starts with the first test that asks for it.
/// </summary>
public sealed class GcsServer : IAsyncLifetime
{
    public const string Bucket = "blobs";

    private const string Email = "tests@project.iam.gserviceaccount.com";

    // Few, so that ordinary tests have several pages and several calls for a copy.
    private const int PageSize = 250;
    private const int CopiedInOneCall = 300_000;

    private readonly Lazy<Task> _start;
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, Stored> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Session> _sessions = new();
    private WebApplication? _app;
    private long _generation = 1_700_000_000_000_000;

    public GcsServer() => _start = new(StartAsync);

    public int Port { get; private set; }

    /// <summary>Uploads in chunks that were neither finished nor cancelled.</summary>
    public int OpenUploads(string prefix) => _sessions.Values.Count(session => session.Name.StartsWith(prefix, StringComparison.Ordinal));

    public string[] NamesBelow(string prefix) => [.. _objects.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The JSON of a service account, as Google gives it out.</summary>
    /// <param name="key">Another than the one that is known here.</param>
    public string AccountJson(RSA? key = null) => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = "project",
        ["private_key_id"] = "1",
        ["private_key"] = (key ?? _key).ExportPkcs8PrivateKeyPem(),
        ["client_email"] = Email,
        ["client_id"] = "1",
        ["token_uri"] = $"http://127.0.0.1:{Port}/no-token-here",
    }.ToJsonString();

    public ServiceAccountCredential Account(RSA? key = null) => CredentialFactory.FromJson<ServiceAccountCredential>(AccountJson(key));

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public Task NeedAsync() => _start.Value;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _key.Dispose();
    }

    private static string SumOf(byte[] content)
    {
        // Bit by bit, to owe nothing to the code that it checks.
        var sum = uint.MaxValue;
        foreach (var value in content)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) != 0 ? (sum >> 1) ^ 0x82F63B78 : sum >> 1;
        }

        var bytes = BitConverter.GetBytes(~sum);
        Array.Reverse(bytes);
        return Convert.ToBase64String(bytes);
    }

    private static JsonObject Describe(string name, Stored stored) => new()
    {
        ["kind"] = "storage#object",
        ["name"] = name,
        ["bucket"] = Bucket,
        ["generation"] = stored.Generation.ToString(CultureInfo.InvariantCulture),
        ["size"] = stored.Content.Length.ToString(CultureInfo.InvariantCulture),
        ["crc32c"] = stored.Sum,
        ["timeCreated"] = stored.Created.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
    };

    private static Task AnswerAsync(HttpContext context, JsonObject answer) => Results.Text(answer.ToJsonString(), "application/json").ExecuteAsync(context);

    private static Task RefuseAsync(HttpContext context, int status, string message) =>
        Results.Text(new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = message, ["errors"] = new JsonArray() } }.ToJsonString(), "application/json", statusCode: status).ExecuteAsync(context);

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static server =>
        {
            server.Listen(IPAddress.Loopback, 0);
            server.Limits.MinRequestBodyDataRate = null;
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
        await _app.StartAsync();
        Port = new Uri(_app.Urls.Single()).Port;
    }

    /// <summary>By the path as it was sent: a slash in an object's name is encoded in it.</summary>
    private async Task HandleAsync(HttpContext context)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var names = raw.Split('?')[0].TrimStart('/').Split('/').Select(Uri.UnescapeDataString).ToArray();
        try
        {
            await (names switch
            {
                [Bucket, ..] when context.Request.Query.ContainsKey("X-Goog-Signature") => SendSignedAsync(context, raw),
                _ when !IsAccount(context.Request.Headers.Authorization.ToString()) => RefuseAsync(context, context.Request.Headers.Authorization.Count == 0 ? 401 : 403, "Not allowed."),
                ["session", var id] => ContinueAsync(context, id),
                ["storage", "v1", "b", not Bucket, ..] or ["upload", "storage", "v1", "b", not Bucket, ..] => RefuseAsync(context, 404, "The specified bucket does not exist."),
                ["storage", "v1", "b", _, "o"] => ListAsync(context),
                ["storage", "v1", "b", _, "o", var name] => context.Request.Method == "DELETE" ? DeleteAsync(context, name) : GetAsync(context, name),
                ["storage", "v1", "b", _, "o", var source, "rewriteTo", "b", _, "o", var destination] => RewriteAsync(context, source, destination),
                ["upload", "storage", "v1", "b", _, "o"] => context.Request.Query["uploadType"] == "resumable" ? BeginAsync(context) : PutAsync(context),
                _ => RefuseAsync(context, 404, "No such method."),
            });
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or BadHttpRequestException)
        {
            // The client is gone in the middle of its request.
            context.Abort();
        }
    }

    private Stored Store(string name, byte[] content)
    {
        var stored = new Stored(content, SumOf(content), Interlocked.Increment(ref _generation), DateTimeOffset.UtcNow);
        _objects[name] = stored;
        return stored;
    }

    /// <summary>A service account says who it is by a token that it signs itself (AIP-4111).</summary>
    private bool IsAccount(string authorization)
    {
        if (authorization.Split(' ') is not ["Bearer", var token] || token.Split('.') is not [var head, var claims, var signature]) return false;

        var said = JsonNode.Parse(WebEncoders.Base64UrlDecode(claims))!;
        return _key.VerifyData(Encoding.ASCII.GetBytes($"{head}.{claims}"), WebEncoders.Base64UrlDecode(signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            && $"{said["iss"]}" == Email && said["exp"]!.GetValue<long>() > DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    private Task ListAsync(HttpContext context)
    {
        var (prefix, after) = (context.Request.Query["prefix"].ToString(), context.Request.Query["pageToken"].ToString());
        var found = _objects.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(item.Key, after) > 0).OrderBy(item => item.Key, StringComparer.Ordinal).Take(PageSize + 1).ToList();
        // An empty listing has no list at all.
        var answer = new JsonObject { ["kind"] = "storage#objects" };
        if (found.Count > 0) answer["items"] = new JsonArray([.. found.Take(PageSize).Select(item => Describe(item.Key, item.Value))]);
        if (found.Count > PageSize) answer["nextPageToken"] = found[PageSize - 1].Key;
        return AnswerAsync(context, answer);
    }

    private Task GetAsync(HttpContext context, string name)
    {
        if (!_objects.TryGetValue(name, out var stored) || (context.Request.Query.TryGetValue("generation", out var generation) && generation != $"{stored.Generation}")) return RefuseAsync(context, 404, $"No such object: {Bucket}/{name}");

        return context.Request.Query["alt"] == "media" ? SendAsync(context, stored) : AnswerAsync(context, Describe(name, stored));
    }

    private static Task SendAsync(HttpContext context, Stored stored)
    {
        context.Response.Headers["x-goog-generation"] = $"{stored.Generation}";
        context.Response.Headers["x-goog-hash"] = $"crc32c={stored.Sum}";
        // The framework answers a range of nothing with all of it, which is nothing; Google refuses it.
        if (stored.Content.Length > 0 || context.Request.Headers.Range.Count == 0) return Results.Bytes(stored.Content, enableRangeProcessing: true).ExecuteAsync(context);

        context.Response.StatusCode = 416;
        return Task.CompletedTask;
    }

    private Task DeleteAsync(HttpContext context, string name)
    {
        if (!_objects.TryGetValue(name, out var stored)) return RefuseAsync(context, 404, $"No such object: {Bucket}/{name}");
        if (context.Request.Query.TryGetValue("ifGenerationMatch", out var wanted) && wanted != $"{stored.Generation}") return RefuseAsync(context, 412, "At least one of the pre-conditions you specified did not hold.");

        _objects.TryRemove(KeyValuePair.Create(name, stored));
        context.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private Task RewriteAsync(HttpContext context, string source, string destination)
    {
        if (!_objects.TryGetValue(source, out var stored) || (context.Request.Query.TryGetValue("sourceGeneration", out var wanted) && wanted != $"{stored.Generation}")) return RefuseAsync(context, 404, $"No such object: {Bucket}/{source}");

        var done = (context.Request.Query.TryGetValue("rewriteToken", out var token) ? int.Parse(token.ToString(), CultureInfo.InvariantCulture) : 0) + CopiedInOneCall;
        var answer = new JsonObject { ["kind"] = "storage#rewriteResponse", ["objectSize"] = $"{stored.Content.Length}", ["done"] = done >= stored.Content.Length };
        if (done >= stored.Content.Length) answer["resource"] = Describe(destination, Store(destination, stored.Content));
        else answer["rewriteToken"] = $"{done}";
        return AnswerAsync(context, answer);
    }

    private async Task PutAsync(HttpContext context)
    {
        var reader = new MultipartReader(HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(context.Request.ContentType).Boundary).Value!, context.Request.Body);
        var metadata = JsonNode.Parse(await ReadAsync((await reader.ReadNextSectionAsync())!.Body))!;
        var content = await ReadAsync((await reader.ReadNextSectionAsync())!.Body);
        if (metadata["crc32c"] is { } sum && $"{sum}" != SumOf(content))
        {
            await RefuseAsync(context, 400, $"Provided CRC32C \"{sum}\" doesn't match calculated CRC32C \"{SumOf(content)}\".");
            return;
        }

        await AnswerAsync(context, Describe($"{metadata["name"]}", Store($"{metadata["name"]}", content)));
    }

    private async Task BeginAsync(HttpContext context)
    {
        var metadata = JsonNode.Parse(await ReadAsync(context.Request.Body))!;
        var id = Guid.NewGuid().ToString("N");
        _sessions[id] = new Session($"{metadata["name"]}");
        context.Response.Headers.Location = $"http://{context.Request.Host}/session/{id}";
    }

    /// <summary>A chunk, a question how much has arrived, or the end of an upload. What came of a chunk that was cut off is kept in units, as Google does.</summary>
    private async Task ContinueAsync(HttpContext context, string id)
    {
        if (!_sessions.TryGetValue(id, out var session))
        {
            await RefuseAsync(context, 404, "No such upload.");
        }
        else if (context.Request.Method == "DELETE")
        {
            _sessions.TryRemove(id, out _);
            context.Response.StatusCode = 499;
        }
        else
        {
            await session.Turn.WaitAsync(context.RequestAborted);
            try
            {
                await TakeAsync(context, session);
            }
            finally
            {
                session.Turn.Release();
            }

            if (session.Done is not null) session.IsOver = true;
        }
    }

    private async Task TakeAsync(HttpContext context, Session session)
    {
        var range = context.Request.Headers.ContentRange.ToString()["bytes ".Length..].Split('/');
        if (session.Done is null && range[0] != "*")
        {
            if (long.Parse(range[0].Split('-')[0], CultureInfo.InvariantCulture) != session.Bytes.Length)
            {
                await RefuseAsync(context, 400, "The chunk does not follow what has arrived.");
                return;
            }

            await TakeBytesAsync(context, session, isLast: range[1] != "*");
        }

        if (session.Done is null && range[1] == $"{session.Bytes.Length}") session.Done = Store(session.Name, session.Bytes.ToArray());
        if (session.Done is not null)
        {
            await AnswerAsync(context, Describe(session.Name, session.Done));
            return;
        }

        context.Response.StatusCode = 308;
        if (session.Bytes.Length > 0) context.Response.Headers.Range = $"bytes=0-{session.Bytes.Length - 1}";
    }

    private static async Task TakeBytesAsync(HttpContext context, Session session, bool isLast)
    {
        var arrived = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(arrived, context.RequestAborted);
        }
        finally
        {
            var whole = isLast && arrived.Length == context.Request.ContentLength ? arrived.Length : arrived.Length / (256 * 1024) * (256 * 1024);
            session.Bytes.Write(arrived.GetBuffer().AsSpan(0, (int)whole));
        }
    }

    private static async Task<byte[]> ReadAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    /// <summary>Version 4 of signing: the signature is over the request in canonical form, under a key of the day.</summary>
    private async Task SendSignedAsync(HttpContext context, string raw)
    {
        var (path, query) = (raw.Split('?')[0], raw.Split('?')[1].Split('&'));
        var signed = string.Join('&', query.Where(static part => !part.StartsWith("X-Goog-Signature=", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        // The client signs the host without its port, and Google has none.
        var canonical = $"{context.Request.Method}\n{path}\n{signed}\nhost:{context.Request.Host.Host}\n\nhost\nUNSIGNED-PAYLOAD";
        var (date, credential) = (context.Request.Query["X-Goog-Date"].ToString(), context.Request.Query["X-Goog-Credential"].ToString());
        var text = $"GOOG4-RSA-SHA256\n{date}\n{credential[(credential.IndexOf('/', StringComparison.Ordinal) + 1)..]}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var isKnown = credential.StartsWith($"{Email}/", StringComparison.Ordinal) && _key.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromHexString(context.Request.Query["X-Goog-Signature"].ToString()), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var isAlive = DateTimeOffset.ParseExact(date, "yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).AddSeconds(int.Parse(context.Request.Query["X-Goog-Expires"].ToString(), CultureInfo.InvariantCulture)) > DateTimeOffset.UtcNow;
        if (!isKnown || !isAlive) await RefuseAsync(context, 403, "The signature is wrong.");
        else if (_objects.TryGetValue(Uri.UnescapeDataString(path)[$"/{Bucket}/".Length..], out var stored)) await SendAsync(context, stored);
        else await RefuseAsync(context, 404, "No such object.");
    }

    private sealed record Stored(byte[] Content, string Sum, long Generation, DateTimeOffset Created);

    private sealed class Session(string name)
    {
        public string Name => IsOver ? "" : name;

        public SemaphoreSlim Turn { get; } = new(1);

        public MemoryStream Bytes { get; } = new();

        public Stored? Done { get; set; }

        public bool IsOver { get; set; }
    }
}
