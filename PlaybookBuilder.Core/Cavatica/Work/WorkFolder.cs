using System.Text.Json;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Sbfs;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Core.Workflows.Documents;

namespace PlaybookBuilder.Core.Cavatica.Work;

/// <summary>Playbooks as documents in a folder of a project. Everybody who may write to the project can put there what they like.</summary>
internal sealed class WorkFolder(IStorage storage)
{
    public const string FolderName = "PlaybookBuilder";

    /// <summary>The longest document that is read, in bytes.</summary>
    public const int Longest = 8 * 1024 * 1024;

    /// <summary>So many files are looked at; the newest of them are told.</summary>
    public const int MostListed = 5_000;

    private const string Extension = ".json";

    private static readonly StoragePath Folder = StoragePath.Parse(FolderName);

    /// <summary>The folder of a project on a platform; connects when it is first used.</summary>
    /// <exception cref="ArgumentException">The endpoint or the token can't be one.</exception>
    public static WorkFolder Of(Uri endpoint, string token, string project, ILoggerFactory loggers) =>
        new(new SbfsStorage(new SbfsSettings { Endpoint = endpoint, Token = token, Project = project, Loggers = loggers }));

    /// <summary>Writes a playbook, unless it is there: a playbook of an id is always the same.</summary>
    /// <returns>Whether it was written.</returns>
    /// <exception cref="StorageException">The project can't be written to.</exception>
    public async Task<bool> TryWriteAsync(Playbook playbook, CancellationToken cancellationToken)
    {
        var path = PathOf(playbook.Id);
        if (await storage.StatAsync(path, cancellationToken).ConfigureAwait(false) is not null) return false;

        using var document = new MemoryStream();
        using (var writer = new Utf8JsonWriter(document)) PlaybookDocumentWriter.Write(writer, playbook);
        document.Position = 0;
        await storage.WriteAsync(path, document, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <exception cref="StorageException">The project can't be written to.</exception>
    public Task DeleteAsync(Guid playbookId, CancellationToken cancellationToken) => storage.DeleteAsync(PathOf(playbookId), cancellationToken);

    /// <summary>What may be playbooks, newest first.</summary>
    /// <exception cref="StorageException">The project can't be read.</exception>
    public async Task<IReadOnlyList<WorkFile>> ListAsync(CancellationToken cancellationToken)
    {
        var files = new List<WorkFile>();
        await foreach (var blob in storage.ListAsync(Folder, cancellationToken).ConfigureAwait(false))
        {
            if (TryFind(blob.Path.Name) == blob.Path && blob.Size <= Longest) files.Add(new WorkFile(blob.Path.Name, blob.Size, blob.ModifiedAt));
            if (files.Count == MostListed) break;
        }

        return [.. files.OrderByDescending(static file => file.Modified).ThenBy(static file => file.Name, StringComparer.Ordinal)];
    }

    /// <summary>Reads what a file says, whatever that is.</summary>
    /// <exception cref="WorkflowException">There is no such file, it is too long, or no JSON.</exception>
    /// <exception cref="StorageException">The project can't be read.</exception>
    public async Task<JsonDocument> ReadAsync(string name, CancellationToken cancellationToken)
    {
        if (TryFind(name) is not { } path || await storage.StatAsync(path, cancellationToken).ConfigureAwait(false) is not { } blob) throw WorkflowException.NotFound($"There is no such file in {FolderName}.");
        if (blob.Size > Longest) throw WorkflowException.Invalid($"The file is longer than {Longest} bytes.");

        try
        {
            return JsonDocument.Parse(await ReadAllAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (JsonException exception)
        {
            throw WorkflowException.Invalid($"The file is not JSON: {exception.Message}");
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAllAsync(StoragePath path, CancellationToken cancellationToken)
    {
        var stream = await storage.OpenReadAsync(path, range: null, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var content = new byte[Longest + 1];
            var length = await stream.ReadAtLeastAsync(content, content.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return length <= Longest ? content.AsMemory(0, length) : throw WorkflowException.Invalid($"The file is longer than {Longest} bytes.");
        }
    }

    private static StoragePath PathOf(Guid playbookId) => StoragePath.Parse($"{FolderName}/{playbookId}{Extension}");

    // Directly in the folder.
    private static StoragePath? TryFind(string name) =>
        name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) && !name.Contains('/', StringComparison.Ordinal) && StoragePath.TryParse($"{FolderName}/{name}", out var path) ? path : null;
}
