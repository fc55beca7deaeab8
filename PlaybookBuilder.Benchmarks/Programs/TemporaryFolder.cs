namespace PlaybookBuilder.Benchmarks.Programs;

/// <summary>A fresh directory for a program to run in, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("playbook-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
