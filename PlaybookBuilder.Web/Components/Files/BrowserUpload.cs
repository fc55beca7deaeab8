namespace PlaybookBuilder.Web.Components.Files;

/// <summary>An upload as the browser last told of it.</summary>
/// <param name="Number">By which the browser knows it.</param>
internal sealed record BrowserUpload(int Number, string Filename, long Size, long Sent = 0, UploadStage Stage = UploadStage.Sending, string? Problem = null)
{
    public int Percent => Size == 0 ? 100 : (int)(100 * Math.Min(Sent, Size) / Size);

    public string Describe() => Stage switch
    {
        UploadStage.Sending => "Uploading",
        UploadStage.Waiting => "The connection was lost. It is tried again, and goes on where it was.",
        UploadStage.Paused => "Paused",
        UploadStage.Finishing => "All is sent; the server checks and keeps it",
        _ => "",
    };
}
