namespace PlaybookBuilder.Web.Api;

/// <summary>A text format in which tables can be downloaded.</summary>
internal sealed record TableFormat(string Name, char Delimiter, string MediaType)
{
    private static readonly TableFormat[] All = [new("csv", ',', "text/csv; charset=utf-8"), new("tsv", '\t', "text/tab-separated-values; charset=utf-8")];

    private static readonly string[] Endings = [".gz", ".csv", ".tsv", ".txt", ".tab", ".h5ad"];

    public static TableFormat? Find(string name) => Array.Find(All, format => format.Name == name);

    /// <summary>The name that a file has after conversion: <c>counts-log2.h5ad</c> becomes <c>counts-log2.csv</c>.</summary>
    public string Rename(string filename)
    {
        var stem = filename;
        while (Array.Find(Endings, ending => stem.Length > ending.Length && stem.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) is { } known) stem = stem[..^known.Length];
        return $"{stem}.{Name}";
    }
}
