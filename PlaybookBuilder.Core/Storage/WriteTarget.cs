namespace PlaybookBuilder.Core.Storage;

/// <summary>
/// Where a write is going: one path, or a folder when the name is known only after the last byte (content addressed blobs).
/// </summary>
/// <remarks>A provider needs the folder before the first byte, because only within one volume can the commit be a rename; and the name, if it can be had, spares a cloud store a copy.</remarks>
public sealed record WriteTarget
{
    private WriteTarget(StoragePath? folder, string? name) => (Folder, Name) = (folder, name);

    /// <summary>The folder of the blob; null is the top of the store.</summary>
    public StoragePath? Folder { get; }

    /// <summary>The name in the folder, or null when the commit decides it.</summary>
    public string? Name { get; }

    public static WriteTarget At(StoragePath path) => new(path.Folder, path.Name);

    public static WriteTarget Within(StoragePath? folder) => new(folder, null);

    public bool Admits(StoragePath destination) => destination.Folder == Folder && (Name is null || destination.Name == Name);
}
