using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Files;

/// <summary>What steps say of a file that they can't have: computing them again does not help.</summary>
public static class LostFile
{
    private const string WhatToDo = "Upload the file again, and choose the new upload in the step that asks for it.";

    /// <param name="url">For whoever wants to find out more; null where it is not known.</param>
    public static ProcessFailedException Deleted(string filename, string? url, Exception? cause = null) => Failure($"The file {filename} was deleted.", url, cause);

    public static ProcessFailedException NotHere(string filename, string url) => Failure($"The file {filename} is not here.", url, null);

    /// <summary>Whether an error says that a file is lost.</summary>
    public static bool IsToldBy(string message) => message.Contains(WhatToDo, StringComparison.Ordinal);

    private static ProcessFailedException Failure(string what, string? url, Exception? cause) => new(url is null ? $"{what} {WhatToDo}" : $"{what} {WhatToDo}\n{url}", cause);
}
