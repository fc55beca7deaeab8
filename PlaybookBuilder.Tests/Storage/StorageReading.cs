using PlaybookBuilder.Core.Storage;

namespace PlaybookBuilder.Tests.Storage;

/// <summary>Short words for what tests of storages do all the time.</summary>
internal static class StorageReading
{
    public static StoragePath At(string path) => StoragePath.Parse(path);

    /// <summary>Bytes that differ from place to place, so that a shift or a swapped piece shows.</summary>
    public static byte[] Bytes(int count, int seed = 1)
    {
        var bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static Task<BlobInfo> WriteAsync(this IStorage storage, string path, byte[] content) => storage.WriteAsync(At(path), new MemoryStream(content), CancellationToken.None);

    public static async Task<byte[]> ReadAsync(this IStorage storage, string path, ByteRange? range = null)
    {
        await using var stream = await storage.OpenReadAsync(At(path), range, CancellationToken.None);
        return await ReadAllAsync(stream);
    }

    public static async Task<byte[]> ReadAllAsync(Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    public static Task<BlobInfo?> StatAsync(this IStorage storage, string path) => storage.StatAsync(At(path), CancellationToken.None);

    public static async Task<List<string>> ListAsync(this IStorage storage, string? folder = null)
    {
        var paths = new List<string>();
        await foreach (var info in storage.ListAsync(folder is null ? null : At(folder), CancellationToken.None))
            paths.Add(info.Path.Value);

        paths.Sort(StringComparer.Ordinal);
        return paths;
    }

    public static async Task AssertFailsAsync(StorageErrorKind kind, Func<Task> action) => Assert.Equal(kind, (await Assert.ThrowsAsync<StorageException>(action)).Kind);
}
