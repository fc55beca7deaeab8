using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Http;

/// <summary>Which web server, and what to ask it with.</summary>
internal sealed record HttpSettings
{
    /// <summary>Below this address are the files; without a slash at its end.</summary>
    public required string Root { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public CallRetries Retries { get; init; } = CallRetries.Default;
}
