using System.Net;
using System.Net.WebSockets;

namespace PlaybookBuilder.Web.Tunnel.Worker;

/// <summary>Connects a worker with the public side, as often as that is lost.</summary>
/// <param name="address">The public side's websocket for this session, ws or wss.</param>
/// <param name="secret">What the first connection is made with; each brings the next one's.</param>
internal sealed partial class TunnelDialer(Uri address, string secret, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TimeForGreeting = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(15);

    // A replica that was replaced is back within a few seconds, and somebody waits for it.
    private static readonly TimeSpan Eagerness = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestEagerWait = TimeSpan.FromSeconds(1);

    // By then the public side has given the session up too.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private string _secret = secret;

    public Uri Address => address;

    /// <summary>Connects; tries again as long as the public side does not answer.</summary>
    /// <exception cref="TunnelRefusedException">The session is over, this is not its worker, or the public side stayed away.</exception>
    public async Task<(WebSocket Socket, TunnelHello Hello)> DialAsync(CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        for (var wait = FirstWait; ; wait = Longer(wait, time.GetElapsedTime(begun)))
        {
            try
            {
                return await TryAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is WebSocketException or IOException or HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (time.GetElapsedTime(begun) > Patience) throw new TunnelRefusedException($"The public side could not be reached for {Patience.TotalMinutes} minutes.");

                LogRetry(exception.Message, wait);
                // Not all workers at once after the public side was away.
                await Task.Delay(wait * (0.5 + Random.Shared.NextDouble()), time, cancellationToken);
            }
        }
    }

    private static TimeSpan Longer(TimeSpan wait, TimeSpan since)
    {
        var longest = since < Eagerness ? LongestEagerWait : LongestWait;
        return wait * 2 < longest ? wait * 2 : longest;
    }

    private async Task<(WebSocket Socket, TunnelHello Hello)> TryAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeForGreeting, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = KeepAlive;
            socket.Options.KeepAliveTimeout = KeepAlive;
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.SetRequestHeader("Authorization", $"{TunnelSecret.Scheme} {_secret}");
            await ConnectAsync(socket, either.Token);
            var hello = await TunnelGreeting.HearHelloAsync(socket, either.Token);
            await TunnelGreeting.ThankAsync(socket, either.Token);
            _secret = hello.Secret;
            LogConnected(hello.Epoch);
            return (socket, hello);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task ConnectAsync(ClientWebSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
        }
        catch (WebSocketException) when (socket.HttpStatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.Gone)
        {
            throw new TunnelRefusedException($"The public side refused this worker ({(int)socket.HttpStatusCode}): the session is over, or another worker has taken it.");
        }
    }

    [LoggerMessage(LogLevel.Information, "Connected with the public side, for the {Epoch}th time")]
    private partial void LogConnected(int epoch);

    [LoggerMessage(LogLevel.Warning, "The public side can't be reached ({Problem}); the next try is in {Wait}")]
    private partial void LogRetry(string problem, TimeSpan wait);
}

/// <summary>The public side wants nothing of this worker, now or later.</summary>
internal sealed class TunnelRefusedException(string message) : Exception(message);
