using System.IO.Enumeration;

namespace PlaybookBuilder.Core.Storage.Local;

/// <summary>Walks the files below a directory in flat memory. Links are neither shown nor followed, and what vanishes during the walk is left out.</summary>
internal sealed class LocalFileEnumerator(string directory) : FileSystemEnumerator<FileInfo>(directory, Options)
{
    private const int NotFound = 2;

    // Hidden files are blobs too: on Unix those are the names that begin with a dot.
    private static readonly EnumerationOptions Options = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    protected override bool ShouldIncludeEntry(ref FileSystemEntry entry) => !entry.IsDirectory;

    protected override FileInfo TransformEntry(ref FileSystemEntry entry) => new(entry.ToFullPath());

    protected override bool ContinueOnError(int error) => error == NotFound;
}
