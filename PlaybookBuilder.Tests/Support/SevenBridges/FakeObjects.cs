using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace PlaybookBuilder.Tests.Support.SevenBridges;

/// <summary>Where the bytes of the fake platform are: an object store that takes signed addresses and nothing else.</summary>
internal sealed class FakeObjects(FakeFiles files, object stateLock, TimeProvider clock, Func<Uri> address)
{
    private readonly Dictionary<string, (string Path, DateTimeOffset Until)> _signatures = [];

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>An address of one path.</summary>
    public string Sign(string path)
    {
        var signature = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _signatures[signature] = (path, clock.GetUtcNow() + Lifetime);
        return new Uri(address(), $"{path}?X-Signature={signature}").ToString();
    }

    public void Expire() => _signatures.Clear();

    public async Task AnswerAsync(HttpContext context, FakeApi api)
    {
        if (!IsSigned(context.Request))
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        else if (HttpMethods.IsPut(context.Request.Method))
            await PutAsync(context, api);
        else
            await GetAsync(context);
    }

    private bool IsSigned(HttpRequest request)
    {
        lock (stateLock)
            return _signatures.TryGetValue($"{request.Query["X-Signature"]}", out var grant) && grant.Path == request.Path && grant.Until > clock.GetUtcNow();
    }

    private async Task PutAsync(HttpContext context, FakeApi api)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        var bytes = buffer.ToArray();
        var names = context.Request.Path.Value!.Split('/');
        lock (stateLock)
        {
            if (!api.Uploads.TryGetValue(names[2], out var upload))
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            else
                upload.Put(int.Parse(names[3]), bytes);
        }

        context.Response.Headers.ETag = $"\"{FakeUpload.TagOf(bytes)}\"";
    }

    private async Task GetAsync(HttpContext context)
    {
        byte[]? bytes;
        lock (stateLock) bytes = files[context.Request.Path.Value!.Split('/')[2]]?.Bytes;
        await (bytes is null ? Results.NotFound() : Results.Bytes(bytes, "application/octet-stream", enableRangeProcessing: true, entityTag: new EntityTagHeaderValue(new StringSegment($"\"{FakeUpload.TagOf(bytes)}\"")))).ExecuteAsync(context);
    }
}
