using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace PlaybookBuilder.Benchmarks.Load;

/// <summary>One client with one connection and one buffer, which it uses again for every answer.</summary>
internal sealed class LoadClient : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _client;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);

    public LoadClient(Uri address) =>
        _client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseCookies = false, UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(5) };

    /// <returns>The body, which stays valid until the next request.</returns>
    public Task<ReadOnlyMemory<byte>> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <inheritdoc cref="GetAsync"/>
    public Task<ReadOnlyMemory<byte>> PostAsync(string path, byte[] json) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(json) { Headers = { ContentType = Json } } });

    public async Task<ReadOnlyMemory<byte>> SendAsync(HttpRequestMessage request)
    {
        using var message = request;
        using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var length = 0;
        while (await body.ReadAsync(_buffer.AsMemory(length)) is > 0 and var read)
        {
            length += read;
            if (length == _buffer.Length) Grow();
        }

        var answer = _buffer.AsMemory(0, length);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{message.Method} {message.RequestUri}: {(int)response.StatusCode} {Encoding.UTF8.GetString(answer.Span)}", null, response.StatusCode);
        return answer;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _client.Dispose();
    }

    /// <summary>The id that a POST of a playbook answers with: a JSON string.</summary>
    public static string ReadId(ReadOnlyMemory<byte> answer) => JsonSerializer.Deserialize<string>(answer.Span) ?? throw new JsonException("An id was expected.");

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
