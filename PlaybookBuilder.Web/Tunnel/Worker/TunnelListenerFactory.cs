using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;

namespace PlaybookBuilder.Web.Tunnel.Worker;

/// <summary>Lets the server listen at the end of a tunnel.</summary>
/// <param name="first">The connection that the worker was told its settings by.</param>
/// <param name="onRefused">Told when there will never be another.</param>
internal sealed class TunnelListenerFactory(TunnelDialer dialer, WebSocket first, Action<TunnelRefusedException> onRefused) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private TunnelConnection? _connection;

    /// <summary>Tells the public side that the worker ends, and why; where the connection is lost just now, nobody is told.</summary>
    public Task CloseAsync(string reason) => _connection?.CloseAsync(reason) ?? Task.CompletedTask;

    public bool CanBind(EndPoint endpoint) => endpoint is TunnelEndPoint;

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => ValueTask.FromResult<IConnectionListener>(new Listener(this, endpoint, dialer, first, onRefused));

    private sealed class Listener(TunnelListenerFactory factory, EndPoint endPoint, TunnelDialer dialer, WebSocket first, Action<TunnelRefusedException> onRefused) : IConnectionListener
    {
        private readonly CancellationTokenSource _unbound = new();
        private WebSocket? _first = first;

        public EndPoint EndPoint => endPoint;

        /// <summary>One connection after the other: the public side has use for one.</summary>
        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _unbound.Token);
            try
            {
                if (factory._connection is { } connection) await connection.Ended.WaitAsync(either.Token);
                var socket = Interlocked.Exchange(ref _first, null) ?? (await dialer.DialAsync(either.Token)).Socket;
                return factory._connection = new TunnelConnection(socket, endPoint);
            }
            catch (OperationCanceledException) when (_unbound.IsCancellationRequested)
            {
                return null;
            }
            catch (TunnelRefusedException refused)
            {
                onRefused(refused);
                return null;
            }
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default) => await _unbound.CancelAsync();

        public ValueTask DisposeAsync()
        {
            _first?.Dispose();
            _unbound.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
