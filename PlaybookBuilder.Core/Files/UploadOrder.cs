namespace PlaybookBuilder.Core.Files;

/// <summary>In which order a user's uploads are listed.</summary>
public enum UploadOrder
{
    /// <summary>The newest first.</summary>
    Newest,

    /// <summary>By name, as the database orders names.</summary>
    Name,

    /// <summary>The largest first.</summary>
    Size,
}
