using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Remote;

namespace PlaybookBuilder.Core.Storage.Retry;

/// <summary><c>{"cls": "playbook.retry.Retry", "ufs": {...}, "attempts": 5}</c></summary>
internal static class RetryProvider
{
    public const string ClassName = "playbook.retry.Retry";

    private const int MostAttempts = 20;

    /// <summary>A copy of a large file may take long, so that one call has no limit here.</summary>
    public static IStorage FromNode(StorageNode node, Func<StorageNode, IStorage> open)
    {
        node.RequireOnly("ufs", "attempts");
        var attempts = node.Number("attempts") ?? CallRetries.Default.Attempts;
        if (attempts is < 1 or > MostAttempts || attempts != Math.Floor(attempts))
            throw new FormatException($"the field 'attempts' of '{ClassName}' must be a whole number from 1 to {MostAttempts}");

        return new RetryStorage(open(node.Node("ufs")), CallRetries.Default with { Attempts = (int)attempts, CallLimit = Timeout.InfiniteTimeSpan });
    }
}
