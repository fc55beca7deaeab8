using PureHDF;

namespace PlaybookBuilder.Core.Matrices.Hdf;

/// <summary>
/// The marks by which anndata knows what an element of a file is
/// (https://anndata.readthedocs.io/en/stable/fileformat-prose.html).
/// </summary>
internal static class HdfEncoding
{
    public const string TypeAttribute = "encoding-type";
    public const string VersionAttribute = "encoding-version";

    public static H5Group Group(string type, string version) => Marked(new H5Group(), type, version);

    public static H5Dataset Strings(IEnumerable<string> values) => Marked(new H5Dataset(values.ToArray()), "string-array", "0.2.0");

    public static H5Dataset Array(H5Dataset numbers) => Marked(numbers, "array", "0.2.0");

    public static T Marked<T>(T element, string type, string version) where T : H5Object
    {
        element.Attributes[TypeAttribute] = type;
        element.Attributes[VersionAttribute] = version;
        return element;
    }
}
