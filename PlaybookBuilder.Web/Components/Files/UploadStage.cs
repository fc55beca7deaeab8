namespace PlaybookBuilder.Web.Components.Files;

/// <summary>How an upload stands in the browser; the names are those of <c>UploadZone.razor.js</c>.</summary>
public enum UploadStage
{
    Sending,

    /// <summary>The connection was lost, or the server is away; it goes on by itself.</summary>
    Waiting,

    /// <summary>The visitor paused it.</summary>
    Paused,

    /// <summary>All of it was sent, and the server makes the file of it.</summary>
    Finishing,

    /// <summary>It goes on only when the visitor says so.</summary>
    Failed,
}
