using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace PlaybookBuilder.Tests.Files.Kills;

/// <summary>Uploads one file after the other, whole or in parts, some of the same content as others do, deletes some again, and goes on when the server was away.</summary>
internal sealed class KilledUploader(KilledServer server, UploadLedger ledger, int seed)
{
    private const string Upload = "/api/v1/components/core/file/upload";
    private const string Resumable = "/api/v1/uploads/tus";

    // What several upload and delete at once.
    private const int Shared = 6;
    private const int MostKept = 60;

    private readonly Random _random = new(seed);
    private readonly List<string> _own = [];
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(60) };

    public async Task RunAsync(CancellationToken stopping)
    {
        using (_client)
        {
            while (!stopping.IsCancellationRequested)
            {
                try
                {
                    await (_random.Next(3) == 0 ? SendInPartsAsync(NewContent()) : SendWholeAsync(NewContent()));
                    if (_own.Count > MostKept) await DeleteAsync(_random.Next(_own.Count));
                }
                catch (Exception error) when (error is HttpRequestException or IOException)
                {
                    ledger.Lose();
                }
                catch (Exception error)
                {
                    // Not what a dead server does to its clients.
                    ledger.Fault($"{error}");
                    return;
                }
            }
        }
    }

    private byte[] NewContent()
    {
        if (_random.Next(4) == 0)
        {
            var shared = new byte[200_000];
            new Random(_random.Next(Shared)).NextBytes(shared);
            return shared;
        }

        var content = new byte[_random.Next(20) == 0 ? _random.Next(1_000_000, 4_000_000) : _random.Next(1, 64_000)];
        _random.NextBytes(content);
        return content;
    }

    private async Task SendWholeAsync(byte[] content)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", "whole.bin" } };
        using var answer = await _client.PostAsync(new Uri(await server.AddressAsync(), Upload), form);
        var text = await answer.Content.ReadAsStringAsync();
        // The same content was deleted while it came in.
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return;
        if (answer.IsSuccessStatusCode) Keep($"{JsonNode.Parse(text)!["file"]![0]!["url"]}", content);
        else ledger.Fault($"An upload was answered by {answer.StatusCode}: {text}");
    }

    private async Task SendInPartsAsync(byte[] content)
    {
        var id = await CreateAsync(content.Length);
        var (offset, isKnown) = (0L, true);
        while (true)
        {
            try
            {
                if (!isKnown) ledger.Resume();
                var (received, file) = isKnown ? await AppendAsync(id, content, offset) : await FindAsync(id);
                if (received < offset) ledger.Fault($"A resumable upload had {offset} bytes, and {received} later.");
                if (file is not null)
                {
                    Keep(file, content);
                    return;
                }

                (offset, isKnown) = (received, received < content.Length);
            }
            catch (Exception error) when (error is HttpRequestException or IOException)
            {
                ledger.Lose();
                isKnown = false;
                if (_random.Next(3) > 0) continue;

                // Whether its last bytes came nobody asks any more.
                ledger.Abandon();
                return;
            }
        }
    }

    private async Task<string> CreateAsync(long length)
    {
        using var answer = await SendAsync(HttpMethod.Post, Resumable, null, ("Upload-Length", Write(length)), ("Upload-Metadata", "filename cGFydHMuYmlu"));
        return answer.StatusCode == HttpStatusCode.Created ? answer.Headers.Location!.OriginalString.Split('/')[^1] : throw new InvalidOperationException($"A resumable upload was not begun: {answer.StatusCode}");
    }

    private async Task<(long Received, string? File)> AppendAsync(string id, byte[] content, long offset)
    {
        var piece = content.AsMemory((int)offset, Math.Min(content.Length - (int)offset, Math.Max(1, content.Length / _random.Next(1, 4))));
        using var answer = await SendAsync(HttpMethod.Patch, $"{Resumable}/{id}", piece, ("Upload-Offset", Write(offset)));
        return answer.StatusCode == HttpStatusCode.NoContent ? Read(answer) : await FindAsync(id);
    }

    private async Task<(long Received, string? File)> FindAsync(string id)
    {
        using var answer = await SendAsync(HttpMethod.Head, $"{Resumable}/{id}", null);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) throw new HttpRequestException("It is to be asked again.");

        return answer.IsSuccessStatusCode ? Read(answer) : throw new InvalidOperationException($"A resumable upload that was begun is not there: {answer.StatusCode}");
    }

    private async Task DeleteAsync(int index)
    {
        var id = _own[index];
        _own.RemoveAt(index);
        ledger.TryTake(id);
        using var answer = await SendAsync(HttpMethod.Delete, $"/api/v1/user/uploads/{id}", null);
        if (answer.StatusCode == HttpStatusCode.NoContent) ledger.Delete(id);
        else ledger.Fault($"The deletion of an upload that was answered was answered by {answer.StatusCode}.");
    }

    private void Keep(string url, byte[] content)
    {
        var id = url.Split('/')[^1];
        _own.Add(id);
        ledger.Keep(id, Convert.ToHexStringLower(SHA256.HashData(content)));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte>? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(await server.AddressAsync(), path)) { Headers = { { "Tus-Resumable", "1.0.0" } } };
        if (body is { } bytes) request.Content = new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return await _client.SendAsync(request);
    }

    private static (long Received, string? File) Read(HttpResponseMessage answer) =>
        (long.Parse(answer.Headers.GetValues("Upload-Offset").Single(), CultureInfo.InvariantCulture), answer.Headers.TryGetValues("Upload-Address", out var file) ? file.Single() : null);

    private static string Write(long number) => number.ToString(CultureInfo.InvariantCulture);
}
