using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

/// <summary>An article of PubMed Central.</summary>
public sealed class PmcAccession : ICollectable
{
    public static string Name => "PMC Accession";

    public static string Label => "PMC Accession";

    public static string Plural => "PMC Accessions";

    public static string Example => "PMC12881680";
}
