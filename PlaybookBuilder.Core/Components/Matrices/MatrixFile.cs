using System.Collections.Immutable;
using PlaybookBuilder.Core.Matrices;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>A matrix of genes (rows) by samples (columns) that stays in its file, text or AnnData (.h5ad).</summary>
public abstract record MatrixFile : TableFile
{
    /// <summary>
    /// What was done to the values, as <see cref="MatrixScale.Tokens"/>; absent in documents of other systems. For people to read: components go by what the file says.
    /// </summary>
    public ImmutableArray<string>? Scale { get; init; }

    /// <summary>The scale in words: "counts, log2(x+1) transformed". Null where it is not known.</summary>
    internal string? ScaleInText() => Scale is { } tokens ? MatrixScale.FromTokens(tokens)?.ToString() : null;

    /// <summary>"500 genes and 6 samples".</summary>
    internal string ShapeInText() => FormattableString.Invariant($"{Shape[0]:N0} {(Shape[0] == 1 ? "gene" : "genes")} and {Shape[1]:N0} {(Shape[1] == 1 ? "sample" : "samples")}");

    internal static T Of<T>(Files.FileUrl file, Matrix matrix, params IReadOnlyCollection<string> notes) where T : MatrixFile, new() =>
        Of<T>(file, TablePreview.Of(matrix), notes) with { Scale = matrix.Scale.Tokens };
}
