using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Matrices;

internal static class MatrixChecks
{
    /// <exception cref="ProcessFailedException">There is no gene or no sample.</exception>
    public static void RefuseEmpty(Matrix matrix, FileUrl file)
    {
        if (matrix.RowCount == 0) throw new ProcessFailedException($"{file.Filename}: there are no genes in it.");
        if (matrix.ColumnCount == 0) throw new ProcessFailedException($"{file.Filename}: there are no samples in it.");
    }
}
