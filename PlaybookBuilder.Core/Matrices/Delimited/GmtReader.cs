using System.Globalization;

namespace PlaybookBuilder.Core.Matrices.Delimited;

/// <summary>
/// Reads a gene set library in the Gene Matrix Transposed format of the Broad Institute
/// (https://docs.gsea-msigdb.org/GSEA/Data_Formats): a line a set, tab-separated: name, description
/// (may be empty), genes. Weights that Enrichr appends to genes (<c>TP53,1.5</c>) are dropped, empty cells and repeated genes too.
/// Quotes mean nothing in this format. Packed with gzip or not.
/// </summary>
public static class GmtReader
{
    private const int FirstGene = 2;

    /// <exception cref="MatrixFormatException">The source is not a gene set library, or too large.</exception>
    public static async Task<GeneSetLibrary> ReadAsync(Stream source, ReadOptions options, CancellationToken cancellationToken)
    {
        using var text = await TextContent.OpenAsync(source, options, cancellationToken).ConfigureAwait(false);
        var records = await RecordReader.OpenAsync(text, delimiter: (byte)'\t', quotes: false, options, cancellationToken).ConfigureAwait(false);
        var library = new Library();
        long cells = 0;
        while (await records.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (records.IsBlank) continue;
            cells += records.FieldCount;
            if (cells > options.MaxCells) throw new MatrixFormatException($"The library has more than {options.MaxCells:N0} genes, which is the limit here.") { Row = records.Row };
            library.Add(records);
        }
        return library.Finished();
    }

    private static string WithoutWeight(string gene)
    {
        var comma = gene.LastIndexOf(',');
        return comma > 0 && double.TryParse(gene.AsSpan(comma + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? gene[..comma] : gene;
    }

    private sealed class Library
    {
        private readonly OrderedDictionary<string, (string Description, OrderedDictionary<string, bool> Genes)> _terms = new(StringComparer.Ordinal);
        private readonly HashSet<string> _merged = new(StringComparer.Ordinal);

        public void Add(RecordReader line)
        {
            var term = line.Text(0);
            if (term.Length == 0) throw new MatrixFormatException($"Line {line.Row} has no name of a set before its first tab.") { Row = line.Row };
            if (line.FieldCount < FirstGene)
                throw new MatrixFormatException($"Line {line.Row} ('{MatrixFormatException.Shortened(term)}') has no tabs; a gene set library (GMT) has a name, a description and genes, separated by tabs.") { Row = line.Row };

            var known = _terms.TryGetValue(term, out var set);
            if (!known) set = (line.Text(1), new OrderedDictionary<string, bool>(StringComparer.Ordinal));
            else _merged.Add(term);
            if (set.Description.Length == 0) set.Description = line.Text(1);
            for (var field = FirstGene; field < line.FieldCount; field++)
            {
                var gene = WithoutWeight(line.Text(field));
                if (gene.Length > 0) set.Genes.TryAdd(gene, true);
            }
            _terms[term] = set;
        }

        public GeneSetLibrary Finished()
        {
            var empty = _terms.Where(term => term.Value.Genes.Count == 0).Select(term => term.Key).ToArray();
            var terms = _terms.Where(term => term.Value.Genes.Count > 0).Select(term => new LibraryTerm(term.Key, term.Value.Description, [.. term.Value.Genes.Keys])).ToArray();
            return terms.Length > 0 ? new GeneSetLibrary(terms, [.. _merged], empty) : throw new MatrixFormatException("The file has no set with genes.");
        }
    }
}
