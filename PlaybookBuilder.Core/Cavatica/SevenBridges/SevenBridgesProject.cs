namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <param name="Id">Such as <c>user/project</c>.</param>
public sealed record SevenBridgesProject(string Id, string Name)
{
    /// <summary>Whether a text is the id of a project: an owner and a short name, neither of them with characters that are not in one.</summary>
    public static bool IsId(string? text) =>
        text?.Split('/') is [var owner, var name] && IsPart(owner) && IsPart(name);

    /// <exception cref="ArgumentException">It is no id of a project.</exception>
    internal static string EscapeId(string project) =>
        IsId(project) ? string.Join('/', project.Split('/').Select(SevenBridgesApi.Escape)) : throw new ArgumentException("The id of a project is an owner, a slash and a name.", nameof(project));

    private static bool IsPart(string text) => text is not ("" or "." or "..") && text.All(static letter => !char.IsControl(letter) && !char.IsWhiteSpace(letter) && letter is not ('\\' or '?' or '#' or '%'));
}
