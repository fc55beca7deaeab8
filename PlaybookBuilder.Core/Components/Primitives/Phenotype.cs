using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

public sealed class Phenotype : IRankable
{
    public static string Name => "Phenotype";

    public static string Label => "Phenotype";

    public static string Plural => "Phenotypes";
}
