using PureHDF;
using PureHDF.VOL.Native;

namespace PlaybookBuilder.Core.Matrices.Hdf;

/// <summary>
/// The tables <c>obs</c> and <c>var</c> of an AnnData file: a group with a dataset (or, for categorical columns, a group) a column. See
/// https://anndata.readthedocs.io/en/stable/fileformat-prose.html#dataframes.
/// </summary>
internal static class HdfAnnotations
{
    private const string IndexAttribute = "_index";
    private const string OrderAttribute = "column-order";
    private const string OldCategories = "__categories";

    public static Annotations Read(IH5Group root, string name)
    {
        if (!root.LinkExists(name) || root.Get(name) is not IH5Group table)
            throw new MatrixFormatException($"The file has no table '{name}' as AnnData 0.7 and later write it. Open it in a current version of anndata and save it again.");

        var index = HdfValues.Texts(table.Dataset(HdfValues.Attribute(table, IndexAttribute) ?? IndexAttribute));
        var columns = HdfValues.Attributes(table, OrderAttribute).Select(column => new AnnotationColumn(column, ReadColumn(table, column)));
        return new Annotations(index, [.. columns]);
    }

    /// <summary>The table as anndata writes it: text with repeated values as categories, other text as it is.</summary>
    public static H5Group Group(Annotations annotations)
    {
        var index = IndexAttribute;
        while (annotations.Find(index) is not null) index = "_" + index;

        var group = HdfEncoding.Group("dataframe", "0.2.0");
        group.Attributes[IndexAttribute] = index;
        group.Attributes[OrderAttribute] = annotations.Columns.Select(column => column.Name).ToArray();
        group[index] = HdfEncoding.Strings(annotations.Index);
        foreach (var column in annotations.Columns) Put(group, column.Name, Column(column));
        return group;
    }

    private static string[] ReadColumn(IH5Group table, string name)
    {
        if (table.Get(name) is IH5Group parts) return ReadParts(parts);

        var dataset = table.Dataset(name);
        var categories = $"{OldCategories}/{name}";
        return table.LinkExists(categories) ? Decoded(HdfValues.Integers(dataset), HdfValues.Texts(table.Dataset(categories))) : HdfValues.Texts(dataset);
    }

    private static string[] ReadParts(IH5Group parts)
    {
        if (parts.LinkExists("codes")) return Decoded(HdfValues.Integers(parts.Dataset("codes")), HdfValues.Texts(parts.Dataset("categories")));
        if (!parts.LinkExists("mask")) throw new MatrixFormatException($"The column '{parts.Name}' is written in a way that is not known here ({HdfValues.Attribute(parts, HdfEncoding.TypeAttribute)}).");

        var mask = HdfValues.Integers(parts.Dataset("mask"));
        return [.. HdfValues.Texts(parts.Dataset("values")).Select((value, i) => mask[i] == 0 ? value : "")];
    }

    private static string[] Decoded(long[] codes, string[] categories) => Array.ConvertAll(codes, code => code < 0 ? "" : categories[code]);

    private static object Column(AnnotationColumn column)
    {
        var categories = column.Values.Where(value => value.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (categories.Length >= column.Values.Count) return HdfEncoding.Strings(column.Values);

        var group = HdfEncoding.Group("categorical", "0.2.0");
        group.Attributes["ordered"] = HdfTruth.FALSE;
        group["categories"] = HdfEncoding.Strings(categories);
        group["codes"] = HdfEncoding.Array(Codes(column.Values, categories));
        return group;
    }

    // A text that is empty is a missing value, code -1; the width of the codes is the one that pandas chooses.
    private static H5Dataset Codes(IReadOnlyList<string> values, string[] categories)
    {
        var codes = values.Select(value => value.Length == 0 ? -1 : Array.BinarySearch(categories, value, StringComparer.Ordinal));
        return categories.Length switch
        {
            <= sbyte.MaxValue => new H5Dataset(codes.Select(code => (sbyte)code).ToArray()),
            <= short.MaxValue => new H5Dataset(codes.Select(code => (short)code).ToArray()),
            _ => new H5Dataset(codes.ToArray()),
        };
    }

    // In HDF5 a slash in a name makes groups; anndata reads such a column by its path.
    private static void Put(H5Group table, string name, object column)
    {
        var group = table;
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) throw new MatrixFormatException("A column of annotations has no name that can stand in an HDF5 file.");
        foreach (var part in parts.SkipLast(1))
        {
            if (!group.TryGetValue(part, out var inner)) group[part] = inner = new H5Group();
            group = inner as H5Group ?? throw new MatrixFormatException($"The columns '{part}' and '{name}' can't both stand in an HDF5 file.");
        }
        group[parts[^1]] = column;
    }
}
