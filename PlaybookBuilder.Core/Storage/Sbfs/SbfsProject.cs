using System.Runtime.CompilerServices;
using PlaybookBuilder.Core.Cavatica.SevenBridges;

namespace PlaybookBuilder.Core.Storage.Sbfs;

/// <summary>The files of a project by their paths, with errors mapped.</summary>
internal sealed class SbfsProject
{
    private const int MostTries = 8;

    private readonly SbfsSettings _settings;
    private readonly SbfsFolders _folders;

    public SbfsProject(SbfsSettings settings)
    {
        _settings = settings;
        Client = settings.Connect();
        _folders = new SbfsFolders(Client, settings);
    }

    public SevenBridgesClient Client { get; }

    /// <summary>Null when there is no such file.</summary>
    public Task<SevenBridgesFile?> FindAsync(StoragePath path, CancellationToken cancellationToken) => SbfsErrors.GuardAsync(path, async () =>
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var inside = Inside(path);
                var place = await _folders.FindAsync(inside.Folder, cancellationToken).ConfigureAwait(false);
                var found = place is null ? null : await Client.Files.FindAsync(place, inside.Name, cancellationToken).ConfigureAwait(false);
                return found is { IsFolder: false } ? await WithSizeAsync(found, cancellationToken).ConfigureAwait(false) : null;
            }
            catch (SevenBridgesException error) when (IsGone(error))
            {
                // A remembered folder is gone; whether another took its place shows when its path is gone down again.
                _folders.Forget();
                if (attempt == MostTries)
                    return null;
            }
        }
    });

    /// <summary>
    /// Does something in the place of a path, whose folders are made and whose name no folder has; again when the folder was deleted meanwhile, or when what was done came to nothing (null).
    /// </summary>
    /// <param name="act">With the place and the file that has the name now.</param>
    public Task<T> InPlaceAsync<T>(StoragePath path, Func<SevenBridgesPlace, SevenBridgesFile?, Task<T?>> act, CancellationToken cancellationToken)
        where T : class => SbfsErrors.GuardAsync(path, async () =>
    {
        var inside = Inside(path);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var place = await _folders.EnsureAsync(inside.Folder, cancellationToken).ConfigureAwait(false);
                var existing = await Client.Files.FindAsync(place, inside.Name, cancellationToken).ConfigureAwait(false);
                if (existing is { IsFolder: true })
                {
                    await RemoveEmptyAsync(path, existing, cancellationToken).ConfigureAwait(false);
                    existing = null;
                }

                if (await act(place, existing).ConfigureAwait(false) is { } done)
                    return done;
            }
            catch (SevenBridgesException error) when (attempt < MostTries && IsGone(error))
            {
                _folders.Forget();
            }

            if (attempt == MostTries)
                throw new StorageException(StorageErrorKind.Unavailable, $"'{path}' changed all the time while it was written.");
        }
    });

    /// <summary>All files below a folder.</summary>
    public async IAsyncEnumerable<(StoragePath Path, SevenBridgesFile File)> ListAsync(StoragePath? folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var start = await SbfsErrors.GuardAsync(folder, () => FindFolderAsync(folder, cancellationToken)).ConfigureAwait(false);
        var pending = new Stack<(StoragePath? Folder, SevenBridgesPlace Place)>();
        if (start is not null)
            pending.Push((folder, start));

        while (pending.TryPop(out var next))
        {
            await foreach (var item in EntriesAsync(next.Place, cancellationToken).ConfigureAwait(false))
            {
                // Other programs may have given names that are no paths here.
                if (!StoragePath.TryParse(next.Folder is null ? item.Name : $"{next.Folder}/{item.Name}", out var path))
                    continue;

                if (item.IsFolder)
                    pending.Push((path, SevenBridgesPlace.In(item.Id)));
                else
                    yield return (path, await SbfsErrors.GuardAsync(path, () => WithSizeAsync(item, cancellationToken)).ConfigureAwait(false));
            }
        }
    }

    /// <summary>The ids of the folders of this storage, its own among them.</summary>
    public async Task<HashSet<string>> FolderIdsAsync(CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>();
        var pending = new Stack<SevenBridgesPlace>();
        if (await SbfsErrors.GuardAsync(path: null, () => FindFolderAsync(folder: null, cancellationToken)).ConfigureAwait(false) is { } start)
            pending.Push(start);

        while (pending.TryPop(out var place))
        {
            if (place.Folder is not null)
                ids.Add(place.Folder);

            await foreach (var item in EntriesAsync(place, cancellationToken).ConfigureAwait(false))
            {
                if (item.IsFolder)
                    pending.Push(SevenBridgesPlace.In(item.Id));
            }
        }

        return ids;
    }

    public static BlobInfo Describe(StoragePath path, SevenBridgesFile file) => new(path, file.Size ?? 0, file.CreatedOn ?? DateTimeOffset.UnixEpoch);

    private static bool IsGone(SevenBridgesException error) => error.Kind == SevenBridgesErrorKind.NotFound;

    private StoragePath Inside(StoragePath path) => _settings.Root?.Append(path) ?? path;

    private async Task<SevenBridgesPlace?> FindFolderAsync(StoragePath? folder, CancellationToken cancellationToken)
    {
        try
        {
            return await _folders.FindAsync(folder is null ? _settings.Root : Inside(folder), cancellationToken).ConfigureAwait(false);
        }
        catch (SevenBridgesException error) when (IsGone(error))
        {
            _folders.Forget();
            return await _folders.FindAsync(folder is null ? _settings.Root : Inside(folder), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What lies directly in a folder; nothing when it was deleted. The project itself must be there.</summary>
    private async IAsyncEnumerable<SevenBridgesFile> EntriesAsync(SevenBridgesPlace place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entries = Client.Files.ListAsync(place, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (entries.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await entries.MoveNextAsync().ConfigureAwait(false))
                        yield break;
                }
                catch (SevenBridgesException error) when (IsGone(error) && place.Folder is not null)
                {
                    _folders.Forget();
                    yield break;
                }
                catch (SevenBridgesException error)
                {
                    throw SbfsErrors.From(error, path: null);
                }

                yield return entries.Current;
            }
        }
    }

    /// <summary>A listing need not tell sizes and times; the file itself does.</summary>
    private async Task<SevenBridgesFile> WithSizeAsync(SevenBridgesFile file, CancellationToken cancellationToken) => file is { Size: not null, CreatedOn: not null }
        ? file
        : await Client.Files.FindAsync(file.Id, cancellationToken).ConfigureAwait(false) ?? file;

    /// <summary>Folders stay when their last file goes, so that of those that are empty the name is free. The platform itself refuses to delete one that is not.</summary>
    private async Task RemoveEmptyAsync(StoragePath path, SevenBridgesFile folder, CancellationToken cancellationToken)
    {
        var entries = await Client.Files.ListAsync(SevenBridgesPlace.In(folder.Id), cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        if (!entries.TrueForAll(static entry => entry.IsFolder))
            throw Taken(path);

        foreach (var entry in entries)
            await RemoveEmptyAsync(path, entry, cancellationToken).ConfigureAwait(false);

        try
        {
            await Client.Files.DeleteAsync(folder.Id, cancellationToken).ConfigureAwait(false);
        }
        catch (SevenBridgesException error) when (error.Code == SevenBridgesFiles.FolderIsNotEmpty)
        {
            throw Taken(path, error);
        }
    }

    private static StorageException Taken(StoragePath path, Exception? error = null) => new(StorageErrorKind.Conflict, $"'{path}' is a folder of the project that is not empty.", error);
}
