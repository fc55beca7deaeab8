using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Drs;

/// <summary>Which server, or which bundle, and what to ask with.</summary>
internal sealed record DrsSettings
{
    /// <summary>The server with its scheme; null where <see cref="Bundle"/> leads to it.</summary>
    public (string Scheme, string Host)? Server { get; init; }

    /// <summary>On the server: the id of a bundle and names in it, below which the storage is; null for all its objects by their ids.</summary>
    public StoragePath? Root { get; init; }

    /// <summary>The bundle that is the storage, where it is named by a compact identifier.</summary>
    public CompactIdentifier? Bundle { get; init; }

    /// <summary>For the DRS server alone.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>See <see cref="CompactIdentifiers"/>.</summary>
    public string Resolver { get; init; } = CompactIdentifiers.DefaultTemplate;

    public CallRetries Retries { get; init; } = CallRetries.Default;
}
