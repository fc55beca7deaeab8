namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Ids for fields, so that labels and messages can name them; unique in the program, and so on a page.</summary>
internal static class FieldIds
{
    private static long _last;

    public static string Next() => $"field-{Interlocked.Increment(ref _last)}";
}
