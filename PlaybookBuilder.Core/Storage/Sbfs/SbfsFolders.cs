using System.Collections.Concurrent;
using PlaybookBuilder.Core.Cavatica.SevenBridges;

namespace PlaybookBuilder.Core.Storage.Sbfs;

/// <summary>The folders of a project by their paths. The platform knows them by ids only, so that a path is gone down name by name.</summary>
internal sealed class SbfsFolders(SevenBridgesClient client, SbfsSettings settings)
{
    private readonly ConcurrentDictionary<StoragePath, (string Id, DateTimeOffset Until)> _known = new();
    private readonly SevenBridgesPlace _top = SevenBridgesPlace.TopOf(settings.Project);

    /// <param name="folder">Within the project.</param>
    /// <returns>Null when there is no such folder.</returns>
    public async Task<SevenBridgesPlace?> FindAsync(StoragePath? folder, CancellationToken cancellationToken)
    {
        if (folder is null)
            return _top;

        if (Known(folder) is { } known)
            return known;

        if (await FindAsync(folder.Folder, cancellationToken).ConfigureAwait(false) is not { } parent)
            return null;

        var found = await client.Files.FindAsync(parent, folder.Name, cancellationToken).ConfigureAwait(false);
        return found is { IsFolder: true } ? Remember(folder, found.Id) : null;
    }

    /// <summary>Makes those that are missing.</summary>
    /// <exception cref="StorageException"><see cref="StorageErrorKind.Conflict"/> when one of the names is a file's.</exception>
    public async Task<SevenBridgesPlace> EnsureAsync(StoragePath? folder, CancellationToken cancellationToken)
    {
        if (folder is null)
            return _top;

        if (Known(folder) is { } known)
            return known;

        var parent = await EnsureAsync(folder.Folder, cancellationToken).ConfigureAwait(false);
        var found = await client.Files.FindAsync(parent, folder.Name, cancellationToken).ConfigureAwait(false) ?? await CreateAsync(parent, folder, cancellationToken).ConfigureAwait(false);
        return found.IsFolder ? Remember(folder, found.Id) : throw new StorageException(StorageErrorKind.Conflict, $"'{folder}' is a file of the project, so nothing can be below it.");
    }

    /// <summary>After a folder was not where it was remembered to be: somebody deleted it.</summary>
    public void Forget() => _known.Clear();

    private SevenBridgesPlace? Known(StoragePath folder) =>
        _known.TryGetValue(folder, out var known) && known.Until > settings.Retries.Clock.GetUtcNow() ? SevenBridgesPlace.In(known.Id) : null;

    private SevenBridgesPlace Remember(StoragePath folder, string id)
    {
        _known[folder] = (id, settings.Retries.Clock.GetUtcNow() + settings.FolderLifetime);
        return SevenBridgesPlace.In(id);
    }

    private async Task<SevenBridgesFile> CreateAsync(SevenBridgesPlace parent, StoragePath folder, CancellationToken cancellationToken)
    {
        try
        {
            var made = await client.Files.CreateFolderAsync(parent, folder.Name, cancellationToken).ConfigureAwait(false);
            return made with { Type = "folder" };
        }
        catch (SevenBridgesException error) when (error.Kind == SevenBridgesErrorKind.Exists)
        {
            // Another writer made it, or an earlier try whose answer was lost. It may even be deleted again.
            return await client.Files.FindAsync(parent, folder.Name, cancellationToken).ConfigureAwait(false) ?? throw new SevenBridgesException(SevenBridgesErrorKind.NotFound, "The folder was deleted meanwhile.", error);
        }
    }
}
