using System.Security.Cryptography;

namespace PlaybookBuilder.Benchmarks.Documents;

/// <summary>A file of random bytes, of which no two have the same content.</summary>
internal static class LargeFile
{
    private const int Block = 4 * 1024 * 1024;

    public static async Task<string> MakeAsync(string folder, string name, long size)
    {
        var path = Path.Combine(folder, name);
        await using var file = File.Create(path);
        var block = RandomNumberGenerator.GetBytes(Block);
        for (var left = size; left > 0; left -= Block)
        {
            Random.Shared.NextBytes(block.AsSpan(0, 64));
            await file.WriteAsync(block.AsMemory(0, (int)Math.Min(left, Block)));
        }

        return path;
    }

    /// <summary>Makes another content of it.</summary>
    public static async Task ChangeAsync(string path)
    {
        await using var file = File.OpenWrite(path);
        await file.WriteAsync(RandomNumberGenerator.GetBytes(64));
    }
}
