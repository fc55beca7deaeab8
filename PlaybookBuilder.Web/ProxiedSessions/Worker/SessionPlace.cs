namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>Which session a worker is of.</summary>
/// <param name="Application">Where its user began it.</param>
/// <param name="Created">When it began, before its worker did.</param>
/// <param name="IsCharged">Whether somebody pays for the worker's machine.</param>
/// <param name="Project">Where the session keeps files; null where it keeps them with itself.</param>
internal sealed record SessionPlace(Guid SessionId, Uri Application, DateTimeOffset Created, bool IsCharged, string? Project)
{
    /// <summary>A page of the application outside of the session.</summary>
    /// <param name="path">As <see cref="AppUrls"/> has it.</param>
    public string AtApplication(string path) => $"{Application.AbsoluteUri.TrimEnd('/')}/{path}";
}
