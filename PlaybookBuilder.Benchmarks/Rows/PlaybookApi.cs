namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>The paths that the rows use.</summary>
internal static class PlaybookApi
{
    public const string Playbooks = "/api/db/fpl";
    public const string Upload = "/api/v1/components/core/file/upload";
    public const string ExtendPage = "/graph/extend";

    public static string Output(string id) => $"{Playbooks}/{id}/output";

    public static string Page(string id) => $"/graph/{id}";
}
