namespace PlaybookBuilder.Web.CommandLine;

/// <summary>Where files go that processes make: a given folder, or one in the system's temporary folder, made when it is first needed.</summary>
internal sealed class OutputFolder(string? given)
{
    private readonly Lazy<string> _path = new(() => given is null
        ? Directory.CreateTempSubdirectory("playbook-").FullName
        : Directory.CreateDirectory(given).FullName);

    public string Path => _path.Value;

    /// <summary>The temporary folder, if there had to be one.</summary>
    public string? Temporary => given is null && _path.IsValueCreated ? _path.Value : null;
}
