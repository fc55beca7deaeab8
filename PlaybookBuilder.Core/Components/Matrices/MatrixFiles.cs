using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Hdf;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>
/// Matrices between files and memory. An uploaded text stays as it is, and is read again by each step that needs it. Measured on 64,102 x 8 counts: 0.15-0.2 s of CPU, as .h5ad 0.15 s in a program just started and 0.05 s later;
/// converting would make every upload wait for a second copy, three times as large, to spare a step 0.1 s. What a step makes of a matrix is kept as .h5ad, which also holds the annotations of the samples and what was
/// done to the values.
/// </summary>
internal static class MatrixFiles
{
    private const int LongestStem = 150;

    private static readonly string[] KnownEndings = [".gz", ".csv", ".tsv", ".txt", ".tab", ".data", ".h5ad"];

    /// <exception cref="ProcessFailedException">The file is gone, or not a matrix.</exception>
    public static Task<AnnData> ReadAsync(this IPlaybookFiles files, MatrixFile matrix, Progress progress, CancellationToken cancellationToken) =>
        files.ReadAsync(matrix.File, MatrixReader.ReadAsync, progress, cancellationToken);

    /// <summary>Keeps a matrix that was made of another one.</summary>
    /// <param name="source">The one of which it was made: gives the file its name, and the value its description.</param>
    /// <param name="change">What was done, for the name of the file: <c>counts.csv</c> becomes <c>counts-log2.h5ad</c>.</param>
    public static async Task<T> CreateAsync<T>(
        this IPlaybookFiles files, AnnData data, TableFile source, string change, IReadOnlyCollection<string> notes, Progress progress, CancellationToken cancellationToken)
        where T : MatrixFile, new()
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var note in notes) progress.Warn(note);
        progress.Info("Writing the result");
        var file = await files.CreateAsync($"{Stem(source.Filename)}-{change}.h5ad", (stream, token) => AnnDataWriter.WriteAsync(data, stream, token), cancellationToken).ConfigureAwait(false);
        return MatrixFile.Of<T>(file with { Text = source.Text }, data.Matrix, notes);
    }

    private static string Stem(string filename)
    {
        var stem = filename;
        while (KnownEndings.FirstOrDefault(ending => stem.Length > ending.Length && stem.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } known) stem = stem[..^known.Length];
        return stem.Length <= LongestStem ? stem : stem[..LongestStem];
    }
}
