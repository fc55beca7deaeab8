namespace PlaybookBuilder.Core.Cavatica;

/// <summary>What a worker is started from, and with what.</summary>
public sealed record WorkerAppOptions
{
    /// <summary>The image with its tag, such as <c>registry.example.org/playbook-builder:1.2.0</c>.</summary>
    public required string Image { get; init; }

    /// <summary>The app's short name in the project.</summary>
    public string Name { get; init; } = "playbook-builder-worker";

    /// <summary>What is run in the image, before its configuration. By its place: platforms differ in whether they heed the entry point of an image.</summary>
    public IReadOnlyList<string> Command { get; init; } = ["/app/PlaybookBuilder.Web", "session"];

    public int Cores { get; init; } = 4;

    public int MemoryMebibytes { get; init; } = 8 * 1024;
}
