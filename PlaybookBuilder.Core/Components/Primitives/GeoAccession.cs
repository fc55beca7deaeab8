using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>A study of the Gene Expression Omnibus.</summary>
public sealed class GeoAccession : IPrimitive
{
    public static string Name => "GEO Accession";

    public static string Label => "GEO Accession";

    public static string Plural => "GEO Accessions";

    public static string Example => "GSE301503";
}
