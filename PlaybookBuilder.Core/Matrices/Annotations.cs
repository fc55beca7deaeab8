namespace PlaybookBuilder.Core.Matrices;

/// <summary>
/// What is known of samples (or of genes): an index of labels and named columns of text in a given order; AnnData's <c>obs</c> and
/// <c>var</c>. Column names are unique.
/// </summary>
public sealed class Annotations
{
    /// <exception cref="ArgumentException">A column is not as long as the index, or two have one name.</exception>
    public Annotations(IReadOnlyList<string> index, IReadOnlyList<AnnotationColumn> columns)
    {
        if (columns.FirstOrDefault(column => column.Values.Count != index.Count) is { } uneven)
            throw new ArgumentException($"The column '{uneven.Name}' has {uneven.Values.Count} values for {index.Count} labels.", nameof(columns));
        if (columns.DistinctBy(column => column.Name, StringComparer.Ordinal).Count() != columns.Count)
            throw new ArgumentException("Two columns have the same name.", nameof(columns));

        Index = index;
        Columns = columns;
    }

    public IReadOnlyList<string> Index { get; }

    public IReadOnlyList<AnnotationColumn> Columns { get; }

    /// <summary>The column of that name, or null.</summary>
    public AnnotationColumn? Find(string name) => Columns.FirstOrDefault(column => column.Name == name);

    /// <summary>The table with this column in place of the one of that name, or at the end.</summary>
    public Annotations With(string name, IReadOnlyList<string> values)
    {
        var column = new AnnotationColumn(name, values);
        return new Annotations(Index, Find(name) is null ? [.. Columns, column] : [.. Columns.Select(old => old.Name == name ? column : old)]);
    }

    /// <summary>
    /// The table in the order of <paramref name="labels"/>. Entries that are not among the labels are left out; a label without
    /// an entry gets empty cells and is named in <paramref name="missing"/>. Of entries with one label the first counts.
    /// </summary>
    public Annotations AlignedTo(IReadOnlyList<string> labels, out IReadOnlyList<string> missing)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < Index.Count; i++) positions.TryAdd(Index[i], i);

        var rows = labels.Select(label => positions.GetValueOrDefault(label, -1)).ToArray();
        missing = [.. labels.Where((_, i) => rows[i] < 0)];
        return new Annotations(labels, [.. Columns.Select(column => column with { Values = [.. rows.Select(row => row < 0 ? "" : column.Values[row])] })]);
    }
}
