using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Files;

/// <summary>How components read files: they tell how far they are, and what is wrong with a file becomes a sentence for its owner.</summary>
internal static class FileReading
{
    /// <exception cref="ProcessFailedException">The file is gone, or not what it should be.</exception>
    public static async Task<T> ReadAsync<T>(
        this IPlaybookFiles files, FileUrl file, Func<Stream, ReadOptions, CancellationToken, Task<T>> read, Progress progress, CancellationToken cancellationToken) =>
        await ReadAsync(await files.OpenAsync(file, cancellationToken).ConfigureAwait(false), file, read, progress, cancellationToken).ConfigureAwait(false);

    /// <summary>Reads what was opened, and closes it.</summary>
    /// <exception cref="ProcessFailedException">The file is not what it should be.</exception>
    public static async Task<T> ReadAsync<T>(
        Stream stream, FileUrl file, Func<Stream, ReadOptions, CancellationToken, Task<T>> read, Progress progress, CancellationToken cancellationToken)
    {
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                var size = stream.CanSeek ? stream.Length : file.Size;
                progress.Info($"Reading {file.Filename}");
                return await read(stream, new ReadOptions { BytesRead = new ReadingProgress(progress, size, cancellationToken) }, cancellationToken).ConfigureAwait(false);
            }
            catch (MatrixFormatException exception)
            {
                throw new ProcessFailedException($"{file.Filename}: {exception.Message}", exception);
            }
        }
    }

    /// <summary>Tells whole percents of the bytes, and lets a reader that is between two bytes end.</summary>
    private sealed class ReadingProgress(Progress progress, long? size, CancellationToken cancellationToken) : IProgress<long>
    {
        private int _told;

        public void Report(long value)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (size is not > 0) return;

            var percent = (int)(100 * value / size.Value);
            if (percent <= _told) return;
            _told = percent;
            progress.Report(percent);
        }
    }
}
