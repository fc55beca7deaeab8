using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Storage.Remote;
using Renci.SshNet;

namespace PlaybookBuilder.Core.Storage.Sftp;

/// <summary>Which folder of which server, and how to get in.</summary>
internal sealed record SftpSettings
{
    public const int DefaultPort = 22;

    public required string Host { get; init; }

    public int Port { get; init; } = DefaultPort;

    public required string Username { get; init; }

    public string? Password { get; init; }

    public IPrivateKeySource? Key { get; init; }

    /// <summary>The one host key that is talked to, as the SHA-256 of it in base 64 without padding; null takes any, with a warning.</summary>
    public string? HostKey { get; init; }

    /// <summary>The folder that is this storage, as an absolute path of the server without a '/' at its end. It is made when the first blob is written.</summary>
    public required string Root { get; init; }

    /// <summary>What is sent in one go; several go at once.</summary>
    public int PartSize { get; init; } = 1024 * 1024;

    /// <summary>Asks for a sign of life when nothing was said for so long, so that neither firewalls nor the server take the connection for dead.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(30);

    public CallRetries Retries { get; init; } = CallRetries.Default;

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
