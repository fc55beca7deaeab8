using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Primitives;

public sealed class Disease : IRankable
{
    public static string Name => "Disease";

    public static string Label => "Disease";

    public static string Plural => "Diseases";

    public static string Example => "Diabetic Nephropathy";
}
