using System.Globalization;
using PureHDF;

namespace PlaybookBuilder.Core.Matrices.Hdf;

/// <summary>Reads the element types that AnnData files are made of, whatever their size on disk.</summary>
internal static class HdfValues
{
    public static int Count(IH5Dataset dataset) => checked((int)dataset.Space.Dimensions.Aggregate(1UL, (product, length) => product * length));

    /// <summary>Numbers of any width as doubles. (64-bit integers beyond 2^53 lose their last digits.)</summary>
    public static double[] Doubles(IH5Dataset dataset)
    {
        if (Count(dataset) == 0) return [];
        return (dataset.Type.Class, dataset.Type.Size) switch
        {
            (H5DataTypeClass.FloatingPoint, 8) => dataset.Read<double[]>(),
            (H5DataTypeClass.FloatingPoint, 4) => Array.ConvertAll(dataset.Read<float[]>(), value => (double)value),
            (H5DataTypeClass.FloatingPoint, 2) => Array.ConvertAll(dataset.Read<Half[]>(), value => (double)value),
            (H5DataTypeClass.FixedPoint, _) when !dataset.Type.FixedPoint.IsSigned => Array.ConvertAll(Unsigned(dataset), value => (double)value),
            (H5DataTypeClass.FixedPoint or H5DataTypeClass.Enumerated, _) => Array.ConvertAll(Integers(dataset), value => (double)value),
            _ => throw new MatrixFormatException($"'{dataset.Name}' holds values of the HDF5 class {dataset.Type.Class} ({dataset.Type.Size} bytes), which are not numbers."),
        };
    }

    /// <summary>Whole numbers: indices and codes.</summary>
    public static long[] Integers(IH5Dataset dataset)
    {
        if (Count(dataset) == 0) return [];
        return (dataset.Type.Class, dataset.Type.Size) switch
        {
            (H5DataTypeClass.FixedPoint, 8) => dataset.Read<long[]>(),
            (H5DataTypeClass.FixedPoint, 4) when dataset.Type.FixedPoint.IsSigned => Array.ConvertAll(dataset.Read<int[]>(), value => (long)value),
            (H5DataTypeClass.FixedPoint, 4) => Array.ConvertAll(dataset.Read<uint[]>(), value => (long)value),
            (H5DataTypeClass.FixedPoint, 2) when dataset.Type.FixedPoint.IsSigned => Array.ConvertAll(dataset.Read<short[]>(), value => (long)value),
            (H5DataTypeClass.FixedPoint, 2) => Array.ConvertAll(dataset.Read<ushort[]>(), value => (long)value),
            (H5DataTypeClass.FixedPoint, 1) when dataset.Type.FixedPoint.IsSigned => Array.ConvertAll(dataset.Read<sbyte[]>(), value => (long)value),
            (H5DataTypeClass.FixedPoint or H5DataTypeClass.Enumerated, 1) => Array.ConvertAll(dataset.Read<byte[]>(), value => (long)value),
            _ => throw new MatrixFormatException($"'{dataset.Name}' holds values of the HDF5 class {dataset.Type.Class} ({dataset.Type.Size} bytes), which are not whole numbers."),
        };
    }

    /// <summary>The elements as text: strings as they are, truth values as True and False (as pandas shows them), missing numbers as "".</summary>
    public static string[] Texts(IH5Dataset dataset)
    {
        if (Count(dataset) == 0) return [];
        return dataset.Type.Class switch
        {
            H5DataTypeClass.String or H5DataTypeClass.VariableLength => Array.ConvertAll(dataset.Read<string?[]>(), text => text ?? ""),
            H5DataTypeClass.Enumerated => Array.ConvertAll(Integers(dataset), value => value == 0 ? "False" : "True"),
            H5DataTypeClass.FixedPoint => Array.ConvertAll(Integers(dataset), value => value.ToString(CultureInfo.InvariantCulture)),
            _ => Array.ConvertAll(Doubles(dataset), value => double.IsNaN(value) ? "" : value.ToString(CultureInfo.InvariantCulture)),
        };
    }

    /// <summary>A text attribute of one value, or null where there is none of that name.</summary>
    public static string? Attribute(IH5Object owner, string name) =>
        owner.AttributeExists(name) ? owner.Attribute(name).Read<string>() : null;

    /// <summary>A text attribute of several values; empty where there is none of that name. (anndata writes an empty list as an empty list of numbers.)</summary>
    public static string[] Attributes(IH5Object owner, string name)
    {
        if (!owner.AttributeExists(name)) return [];
        var attribute = owner.Attribute(name);
        return attribute.Space.Dimensions is [0] ? [] : attribute.Read<string[]>();
    }

    private static ulong[] Unsigned(IH5Dataset dataset) =>
        dataset.Type.Size == 8 ? dataset.Read<ulong[]>() : Array.ConvertAll(Integers(dataset), value => (ulong)value);
}
