using PlaybookBuilder.Core.Matrices;
using PlaybookBuilder.Core.Matrices.Delimited;

namespace PlaybookBuilder.Web.Api;

/// <summary>Turns a kept table, a matrix of numbers or one of texts, into separated text.</summary>
internal static class TableConversion
{
    /// <summary>Reads the table; what is given back writes it.</summary>
    /// <exception cref="MatrixFormatException">The file is no table.</exception>
    public static async Task<Func<Stream, CancellationToken, Task>> ReadAsync(Func<CancellationToken, Task<Stream>> openAsync, char delimiter, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = await openAsync(cancellationToken);
            var matrix = (await MatrixReader.ReadAsync(stream, ReadOptions.Default, cancellationToken)).Matrix;
            return (target, token) => DelimitedWriter.WriteAsync(matrix, target, delimiter, token);
        }
        catch (MatrixFormatException exception) when (exception.Column is not null)
        {
            // A cell is no number: then it may be a table of texts, such as metadata.
            await using var stream = await openAsync(cancellationToken);
            var annotations = await AnnotationsReader.ReadAsync(stream, ReadOptions.Default, cancellationToken);
            return (target, token) => DelimitedWriter.WriteAsync(annotations, target, delimiter, token);
        }
    }
}
