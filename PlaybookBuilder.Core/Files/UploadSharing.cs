namespace PlaybookBuilder.Core.Files;

/// <summary>Who may have the bytes of an upload beside its owner and administrators.</summary>
public enum UploadSharing
{
    /// <summary>Nobody.</summary>
    Private = 0,

    /// <summary>Whoever knows its address.</summary>
    Link = 1,

    /// <summary>Everybody: it is found by its checksum too.</summary>
    Public = 2,
}
