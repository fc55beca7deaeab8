using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Cavatica;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Sbfs;

/// <summary>Which project of a Seven Bridges platform, and how to reach it.</summary>
internal sealed record SbfsSettings
{
    public Uri Endpoint { get; init; } = SevenBridgesSettings.CavaticaEndpoint;

    public required string Token { get; init; }

    /// <summary>Such as <c>user/project</c>.</summary>
    public required string Project { get; init; }

    /// <summary>The folder of the project that is this storage; null is all of it.</summary>
    public StoragePath? Root { get; init; }

    /// <summary>How long the ids of folders are remembered. Each folder of a path that is not costs a request, of which there are few.</summary>
    public TimeSpan FolderLifetime { get; init; } = TimeSpan.FromSeconds(60);

    public long PartSize { get; init; } = 16 * 1024 * 1024;

    /// <summary>What a file that is written takes of the memory at most; the rest waits on disk, because the platform wants to know the size and the name before the first byte.</summary>
    public int LargestInMemory { get; init; } = 4 * 1024 * 1024;

    public int PageSize { get; init; } = 100;

    public CallRetries Retries { get; init; } = CallRetries.Default;

    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    public SevenBridgesClient Connect() => new(
        new SevenBridgesSettings { Endpoint = Endpoint, Token = Token, PageSize = PageSize, Limits = new CallLimits(Retries.Attempts, Retries.FirstDelay, Retries.CallLimit) { Clock = Retries.Clock } },
        Loggers.CreateLogger<SevenBridgesClient>());

    // The token is left out.
    public override string ToString() => $"{Project} at {Endpoint}";
}
