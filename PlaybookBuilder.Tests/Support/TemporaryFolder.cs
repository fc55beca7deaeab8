namespace PlaybookBuilder.Tests.Support;

/// <summary>A folder of its own for one test.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("playbook-builder-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
