using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Cavatica.SevenBridges;

namespace PlaybookBuilder.Core.Storage.Sbfs;

/// <summary>
/// Waits in a spool until the commit: only then are name and size known, which the platform wants first, and it can't rename a file onto another. The upload replaces what has the name in one moment,
/// when it is completed; until then nobody sees it.
/// </summary>
internal sealed partial class SbfsPendingBlob(WriteTarget target, SbfsProject project, SbfsSettings settings, SemaphoreSlim slots, ILogger logger) : PendingBlob(target)
{
    private readonly SbfsSpool _spool = new(settings.LargestInMemory);

    protected override async ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) => await _spool.AddAsync(bytes, cancellationToken).ConfigureAwait(false);

    protected override async Task<BlobInfo> CommitCoreAsync(StoragePath destination, CancellationToken cancellationToken)
    {
        await _spool.FlushAsync(cancellationToken).ConfigureAwait(false);
        var upload = new SbfsUpload(project.Client, settings, slots, _spool, destination);
        var file = await project.InPlaceAsync(destination, (place, existing) => upload.RunAsync(place, existing, cancellationToken), cancellationToken).ConfigureAwait(false);
        await NoteSha256Async(file, cancellationToken).ConfigureAwait(false);
        _spool.Dispose();
        return SbfsProject.Describe(destination, file);
    }

    protected override ValueTask AbortCoreAsync()
    {
        _spool.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>For whoever looks at the file on the platform, which has no checksums of its own. The file is there without it, so that this can't fail the commit.</summary>
    private async Task NoteSha256Async(SevenBridgesFile file, CancellationToken cancellationToken)
    {
        try
        {
            await project.Client.Files.SetMetadataAsync(file.Id, new Dictionary<string, string> { ["sha256"] = _spool.Sha256() }, cancellationToken).ConfigureAwait(false);
        }
        catch (SevenBridgesException error) when (error.Kind == SevenBridgesErrorKind.NotFound)
        {
            // Somebody replaced or deleted it already.
        }
        catch (Exception error) when (error is SevenBridgesException or OperationCanceledException)
        {
            LogNotNoted(logger, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The checksum of a file that was written could not be noted on the Seven Bridges platform.")]
    private static partial void LogNotNoted(ILogger logger, Exception error);
}
