namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>Files and folders of projects.</summary>
public sealed class SevenBridgesFiles
{
    private const string Fields = "fields=id,name,project,parent,type,size,created_on,modified_on";

    private readonly SevenBridgesApi _api;

    internal SevenBridgesFiles(SevenBridgesApi api) => _api = api;

    /// <summary>What lies directly in a place.</summary>
    public IAsyncEnumerable<SevenBridgesFile> ListAsync(SevenBridgesPlace place, CancellationToken cancellationToken) =>
        _api.ListAsync<SevenBridgesFile>($"files?{place.Query}&{Fields}", static file => file.Id, cancellationToken);

    /// <summary>Some of what lies directly in a place.</summary>
    /// <returns>They, and how many there are in all where the platform says so.</returns>
    public Task<(IReadOnlyList<SevenBridgesFile> Files, long? Total)> ListPartAsync(SevenBridgesPlace place, int offset, int limit, CancellationToken cancellationToken) =>
        _api.ListPartAsync<SevenBridgesFile>($"files?{place.Query}&{Fields}", offset, limit, cancellationToken);

    /// <summary>The file or folder of a name, of which a place has at most one; null when there is none.</summary>
    public async Task<SevenBridgesFile?> FindAsync(SevenBridgesPlace place, string name, CancellationToken cancellationToken)
    {
        // What the platform takes for the same name need not be the very same, and it is not said that a search stays out of folders below.
        await foreach (var file in _api.ListAsync<SevenBridgesFile>($"files?{place.Query}&name={SevenBridgesApi.Escape(name)}&{Fields}", static file => file.Id, cancellationToken).ConfigureAwait(false))
        {
            if (file.Name == name && (place.Folder is null || file.Parent is null || file.Parent == place.Folder))
                return file;
        }

        return null;
    }

    /// <summary>Everything of a file, metadata and tags too; null when there is no such file.</summary>
    public Task<SevenBridgesFile?> FindAsync(string id, CancellationToken cancellationToken) => _api.FindAsync<SevenBridgesFile>(PathOf(id), cancellationToken);

    /// <returns>Whether there was one.</returns>
    /// <exception cref="SevenBridgesException">Of a folder that is not empty: code <see cref="FolderIsNotEmpty"/>.</exception>
    public async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            await _api.SendAsync(HttpMethod.Delete, PathOf(id), body: null, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SevenBridgesException error) when (error.Kind == SevenBridgesErrorKind.NotFound)
        {
            return false;
        }
    }

    /// <summary>"Deleting non-empty folders is not supported."</summary>
    public const int FolderIsNotEmpty = 5021;

    /// <exception cref="SevenBridgesException"><see cref="SevenBridgesErrorKind.Exists"/> when the name is taken, also by an earlier try whose answer was lost.</exception>
    public Task<SevenBridgesFile> CreateFolderAsync(SevenBridgesPlace place, string name, CancellationToken cancellationToken) =>
        _api.SendAsync<SevenBridgesFile>(HttpMethod.Post, "files", new Dictionary<string, object>(place.ToBody()) { ["name"] = name, ["type"] = "folder" }, isRepeatable: true, cancellationToken);

    /// <summary>
    /// Copies a file on the platform. Where the name is taken the platform refuses, or gives the copy another name: the answer says which. A call whose answer was lost is not made again, because that would
    /// make a second copy; it fails with <see cref="PlatformException.IsInDoubt"/>.
    /// </summary>
    public Task<SevenBridgesFile> CopyAsync(string id, SevenBridgesPlace place, string name, CancellationToken cancellationToken) => ActAsync(id, "copy", place, name, cancellationToken);

    /// <summary>Moves a file within its project; as to names and lost answers, as <see cref="CopyAsync"/>.</summary>
    public Task<SevenBridgesFile> MoveAsync(string id, SevenBridgesPlace place, string name, CancellationToken cancellationToken) => ActAsync(id, "move", place, name, cancellationToken);

    /// <summary>Sets some of the metadata of a file and leaves the others.</summary>
    public Task SetMetadataAsync(string id, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken) => _api.SendAsync(HttpMethod.Patch, $"{PathOf(id)}/metadata", metadata, cancellationToken);

    /// <summary>Sets all tags of a file.</summary>
    public Task SetTagsAsync(string id, IReadOnlyList<string> tags, CancellationToken cancellationToken) => _api.SendAsync(HttpMethod.Put, $"{PathOf(id)}/tags", tags, cancellationToken);

    /// <summary>A signed address of the bytes, at another host, that holds for some time. It is a secret: whoever has it can read the file.</summary>
    public async Task<Uri> GetDownloadUrlAsync(string id, CancellationToken cancellationToken)
    {
        var info = await _api.GetAsync<DownloadInfo>($"{PathOf(id)}/download_info", cancellationToken).ConfigureAwait(false);
        return SignedAddress.Check(info.Url, _api.IsLocal);
    }

    private static string PathOf(string id) => $"files/{SevenBridgesApi.Escape(id)}";

    private Task<SevenBridgesFile> ActAsync(string id, string action, SevenBridgesPlace place, string name, CancellationToken cancellationToken) =>
        _api.SendAsync<SevenBridgesFile>(HttpMethod.Post, $"{PathOf(id)}/actions/{action}", new Dictionary<string, object>(place.ToBody()) { ["name"] = name }, isRepeatable: false, cancellationToken);

    private sealed record DownloadInfo(string? Url);
}
