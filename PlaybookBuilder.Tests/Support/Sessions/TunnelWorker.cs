using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Web.Tunnel;
using PlaybookBuilder.Web.Tunnel.Public;
using PlaybookBuilder.Web.Tunnel.Worker;

namespace PlaybookBuilder.Tests.Support.Sessions;

/// <summary>A session's worker in the test's own process: a server with a few answers, reached through the tunnel that it opens.</summary>
internal sealed class TunnelWorker : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource<TunnelRefusedException> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _isAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TunnelWorker(TunnelDialer dialer, WebSocket socket, TunnelHello hello)
    {
        Hello = hello;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" });
        builder.Configuration["urls"] = "";
        builder.Logging.ClearProviders();
        builder.WebHost.ListenAtTunnel(dialer, socket, refused => _refused.TrySetResult(refused));
        _app = builder.Build();
        _app.UseWebSockets();
        _app.Run(AnswerAsync);
    }

    /// <summary>What it was told when it first dialled.</summary>
    public TunnelHello Hello { get; }

    /// <summary>Why it will never be let in again; completes when that is so.</summary>
    public Task<TunnelRefusedException> Refused => _refused.Task;

    /// <summary>Completes when somebody has asked for <c>/silence</c>.</summary>
    public Task IsAsked => _isAsked.Task;

    /// <summary>What it answers at <c>/page</c>.</summary>
    public string Page { get; set; } = "<!doctype html><title>A page of the worker</title>";

    /// <summary>What an answer has at <c>/headers</c> beside those of the server.</summary>
    /// <summary>The id under which it keeps whatever playbook it is sent.</summary>
    public Guid Kept { get; } = Guid.NewGuid();

    public IReadOnlyList<(string Name, string Value)> Headers { get; set; } = [];

    /// <param name="address">Of the application.</param>
    /// <exception cref="TunnelRefusedException">The secret does not open the session.</exception>
    public static async Task<TunnelWorker> DialAsync(Uri address, Guid session, string secret)
    {
        var dialer = new TunnelDialer(AddressOf(address, session), secret, TimeProvider.System, NullLogger.Instance);
        var (socket, hello) = await dialer.DialAsync(TestContext.Current.CancellationToken);
        var worker = new TunnelWorker(dialer, socket, hello);
        await worker._app.StartAsync(TestContext.Current.CancellationToken);
        return worker;
    }

    public static Uri AddressOf(Uri application, Guid session) => new UriBuilder(application) { Scheme = application.Scheme == Uri.UriSchemeHttps ? "wss" : "ws", Path = TunnelApi.PathOf(session) }.Uri;

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/headers":
                foreach (var (name, value) in Headers) context.Response.Headers.Append(name, value);
                await context.Response.WriteAsJsonAsync(context.Request.Headers.ToDictionary(static header => header.Key, static header => header.Value.ToString()), context.RequestAborted);
                break;
            case "/echo" when context.WebSockets.IsWebSocketRequest:
                await EchoAsync(context);
                break;
            case "/echo":
                await context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
                break;
            case "/page":
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync(Page, context.RequestAborted);
                break;
            case "/api/db/fpl":
                await context.Response.WriteAsJsonAsync(Kept, context.RequestAborted);
                break;
            case "/silence":
                _isAsked.TrySetResult();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                break;
            default:
                await context.Response.WriteAsync(context.Request.Path + context.Request.QueryString, context.RequestAborted);
                break;
        }
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
        {
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, context.RequestAborted);
    }
}
