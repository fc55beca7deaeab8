namespace PlaybookBuilder.Core.Cavatica.Projects;

/// <summary>A project on the platform, with what opens it.</summary>
/// <param name="Endpoint">The platform's API.</param>
/// <param name="Key">Of the user in whose name it is opened.</param>
/// <param name="Id">As in <c>user/project</c>.</param>
internal sealed record UserProject(Uri Endpoint, string Key, string Id)
{
    /// <summary>Without the key, wherever it is written.</summary>
    public override string ToString() => $"{Id} at {Endpoint}";
}
