using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;

namespace PlaybookBuilder.Web.Tunnel;

/// <summary>What the public side says to a worker that dialled, before the first request comes.</summary>
/// <param name="Epoch">Counts the worker's connections; a later one takes the place of those before.</param>
/// <param name="Secret">With what the worker dials the next time.</param>
/// <param name="Owner">How the session's owner is called.</param>
/// <param name="PathBase">Under which path browsers find the session, as in <c>/socket/{session}</c>.</param>
/// <param name="Created">When the session began, long before its worker perhaps.</param>
/// <param name="IsCharged">Whether somebody pays for the worker's machine.</param>
/// <param name="Project">Where the worker keeps files; null where it keeps them with itself.</param>
internal sealed record TunnelHello(int Epoch, string Secret, string Owner, string PathBase, DateTimeOffset Created, bool IsCharged, ProjectAccess? Project);

/// <summary>How a worker reaches the project of the session's owner.</summary>
/// <param name="Endpoint">The platform's API.</param>
/// <param name="Token">The owner's key.</param>
/// <param name="Path">The project, as in <c>user/project</c>.</param>
internal sealed record ProjectAccess(Uri Endpoint, string Token, string Path)
{
    /// <summary>Without the key, wherever it is written.</summary>
    public override string ToString() => $"{Path} at {Endpoint}";
}

/// <summary>The first words over a tunnel: a greeting each way, as texts, before it carries requests.</summary>
internal static class TunnelGreeting
{
    private const int Longest = 64 * 1024;
    private const string Thanks = "ready";

    public static async Task SayHelloAsync(WebSocket socket, TunnelHello hello, CancellationToken cancellationToken)
    {
        await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(hello, JsonSerializerOptions.Web), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        if (await ReadTextAsync(socket, cancellationToken) is not { } answer || !answer.Span.SequenceEqual("ready"u8)) throw new IOException("The worker did not greet.");
    }

    /// <exception cref="IOException">What came is no greeting.</exception>
    public static async Task<TunnelHello> HearHelloAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            var text = await ReadTextAsync(socket, cancellationToken) ?? throw new IOException("The greeting did not come.");
            return JsonSerializer.Deserialize<TunnelHello>(text.Span, JsonSerializerOptions.Web) ?? throw new IOException("The greeting is empty.");
        }
        catch (JsonException exception)
        {
            throw new IOException("The greeting can't be read.", exception);
        }
    }

    /// <summary>From now on the public side takes the new secret, and no longer the old one.</summary>
    public static async Task ThankAsync(WebSocket socket, CancellationToken cancellationToken) =>
        await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(Thanks), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private static async Task<ReadOnlyMemory<byte>?> ReadTextAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var text = new ArrayBufferWriter<byte>();
        while (text.WrittenCount < Longest)
        {
            var received = await socket.ReceiveAsync(text.GetMemory(4096), cancellationToken);
            if (received.MessageType != WebSocketMessageType.Text) return null;

            text.Advance(received.Count);
            if (received.EndOfMessage) return text.WrittenMemory;
        }

        return null;
    }
}
