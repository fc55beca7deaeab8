using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Files of components, in memory.</summary>
internal sealed class MemoryFiles : IPlaybookFiles
{
    private readonly ConcurrentDictionary<string, byte[]> _files = new();

    public Task<Stream> OpenAsync(FileUrl file, CancellationToken cancellationToken) => _files.TryGetValue(file.Url, out var bytes)
        ? Task.FromResult<Stream>(new MemoryStream(bytes, writable: false))
        : throw new ProcessFailedException($"The file {file.Url} is not here.");

    public async Task<FileUrl> CreateAsync(string filename, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        await write(buffer, cancellationToken);
        return Add(filename, buffer.ToArray());
    }

    public FileUrl Add(string filename, string text) => Add(filename, Encoding.UTF8.GetBytes(text));

    public FileUrl Add(string filename, byte[] bytes)
    {
        var url = $"drs://test/{Guid.NewGuid():N}";
        _files[url] = bytes;
        return new FileUrl(url, filename, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length);
    }

    public byte[] Read(string url) => _files[url];
}
