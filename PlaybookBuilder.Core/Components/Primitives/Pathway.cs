using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

public sealed class Pathway : IRankable
{
    public static string Name => "Pathway";

    public static string Label => "Pathway or Biological Process";

    public static string Plural => "Pathway or Biological Processes";
}
