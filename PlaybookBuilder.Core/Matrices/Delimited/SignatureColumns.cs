namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>
/// Which column of a differential expression table is which statistic, by the names that limma, edgeR, DESeq2, Seurat, scanpy and
/// the Playbook Workflow Builder give them. Capitals, points, underscores, hyphens and blanks make no difference.
/// </summary>
internal sealed record SignatureColumns(int? T, int? LogFC, int? Pval, int? AdjPval)
{
    private static readonly string[] TNames = ["t", "tstat", "tstatistic", "tvalue", "stat", "statistic"];
    private static readonly string[] LogFCNames = ["logfc", "log2fc", "log2foldchange", "logfoldchange", "logfoldchanges", "avglogfc", "avglog2fc"];
    private static readonly string[] PvalNames = ["pval", "pvalue", "pvals", "pvalues", "p"];
    private static readonly string[] AdjPvalNames = ["adjpval", "adjpvalue", "adjp", "padj", "padjusted", "pvaladj", "pvalsadj", "pvalueadj", "fdr", "qvalue", "qval"];

    /// <exception cref="MatrixFormatException">No statistic but t is there, or one is there twice.</exception>
    public static SignatureColumns Of(IReadOnlyList<string> columns)
    {
        var found = new SignatureColumns(
            Find(columns, "the t statistic", TNames),
            Find(columns, "the log2 fold change", LogFCNames),
            Find(columns, "the p-value", PvalNames),
            Find(columns, "the adjusted p-value", AdjPvalNames));
        if ((found.LogFC ?? found.Pval ?? found.AdjPval) is not null) return found;

        throw new MatrixFormatException($"No column is a log2 fold change (LogFC), a p-value (Pval) or an adjusted p-value (AdjPval). The columns are: {MatrixFormatException.Shortened(string.Join(", ", columns))}.");
    }

    private static int? Find(IReadOnlyList<string> columns, string what, string[] names)
    {
        var matches = Enumerable.Range(0, columns.Count).Where(i => names.Contains(Bare(columns[i]))).ToArray();
        return matches switch
        {
            [] => null,
            [var one] => one,
            [var one, var other, ..] => throw new MatrixFormatException($"Both '{columns[one]}' and '{columns[other]}' could be {what}. Rename or remove one of them.") { Column = columns[other] },
        };
    }

    private static string Bare(string name) => string.Concat(name.Where(character => character is not ('.' or '_' or '-' or ' '))).ToLowerInvariant();
}
