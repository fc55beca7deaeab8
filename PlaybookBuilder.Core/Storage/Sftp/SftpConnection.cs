using Renci.SshNet;
using Renci.SshNet.Common;

namespace PlaybookBuilder.Core.Storage.Sftp;

/// <summary>The connection that all calls share. It is made by the first, and again after it broke.</summary>
internal sealed class SftpConnection(SftpSettings settings) : IDisposable
{
    private readonly SemaphoreSlim _connecting = new(1);
    private SftpClient? _client;

    /// <summary>A call with its time limit, its errors mapped, and tried again.</summary>
    public Task<T> CallAsync<T>(StoragePath? path, Func<SftpClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken) => settings.Retries.RunAsync(
        async token =>
        {
            var client = await ConnectedAsync(token).ConfigureAwait(false);
            try
            {
                return await call(client, token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // It fell silent: the next try is not to wait for the same connection.
                Drop(client);
                throw;
            }
            catch (Exception error) when (error is not StorageException and not OperationCanceledException && IsOf(client, error))
            {
                var mapped = SftpErrors.From(error, path);
                if (mapped.IsRetryable) Drop(client);
                throw mapped;
            }
        },
        cancellationToken);

    /// <summary>Ends a connection, if it is still the one in use; the next call makes another.</summary>
    public void Drop(SftpClient client)
    {
        if (Interlocked.CompareExchange(ref _client, null, client) == client) client.Dispose();
    }

    /// <summary>Whether an exception is the connection's or the server's: where another call ended the connection meanwhile, the client may stumble over what it lost in any way.</summary>
    public bool IsOf(SftpClient client, Exception error) => SftpErrors.IsOfTheClient(error) || client != _client;

    public void Dispose()
    {
        if (_client is { } client) Drop(client);
        _connecting.Dispose();
    }

    private async Task<SftpClient> ConnectedAsync(CancellationToken cancellationToken)
    {
        if (Current() is { } open) return open;

        await _connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Current() ?? (_client = await ConnectAsync(cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _connecting.Release();
        }
    }

    private SftpClient? Current()
    {
        if (_client is not { } client) return null;
        try
        {
            if (client.IsConnected) return client;
        }
        catch (ObjectDisposedException)
        {
            // Another call ended it in between.
        }

        Drop(client);
        return null;
    }

    private async Task<SftpClient> ConnectAsync(CancellationToken cancellationToken)
    {
        var client = new SftpClient(Login()) { KeepAliveInterval = settings.KeepAlive, OperationTimeout = settings.Retries.CallLimit };
        StorageException? refusal = null;
        client.HostKeyReceived += (_, key) => key.CanTrust = (refusal = Judge(key)) is null;
        try
        {
            await client.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return client;
        }
        catch (Exception error)
        {
            client.Dispose();
            if (refusal is not null) throw refusal;
            if (SftpErrors.IsOfTheClient(error)) throw SftpErrors.From(error, path: null);
            throw;
        }
    }

    private ConnectionInfo Login()
    {
        var methods = new List<AuthenticationMethod>();
        if (settings.Key is { } key) methods.Add(new PrivateKeyAuthenticationMethod(settings.Username, key));
        if (settings.Password is { } password) methods.Add(new PasswordAuthenticationMethod(settings.Username, password));
        return new ConnectionInfo(settings.Host, settings.Port, settings.Username, [.. methods]) { Timeout = settings.Retries.CallLimit };
    }

    private StorageException? Judge(HostKeyEventArgs key)
    {
        if (settings.HostKey is null) SftpLog.BelievesAnyKey(settings.Logger, settings.Host, key.FingerPrintSHA256);
        if (settings.HostKey is null || settings.HostKey == key.FingerPrintSHA256) return null;

        return new StorageException(StorageErrorKind.AccessDenied, $"The SFTP server shows another host key than the one that was set (it shows SHA256:{key.FingerPrintSHA256}): either its key was changed, or somebody stands in between.");
    }
}
