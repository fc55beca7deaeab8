namespace PlaybookBuilder.Tests.Support.SevenBridges;

/// <summary>A fake platform for all tests of a class, each with a project of its own.</summary>
public sealed class SevenBridgesPlatform : IAsyncLifetime
{
    internal FakeSevenBridges Fake { get; private set; } = null!;

    internal string Token { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Fake = await FakeSevenBridges.StartAsync();
        Fake.SmallestPart = 64 * 1024;
        Token = Fake.AddUser("Ada");
    }

    public ValueTask DisposeAsync() => Fake.DisposeAsync();

    internal string NewProject()
    {
        var project = $"Ada/test-{Guid.NewGuid():N}";
        Fake.AddProject(project);
        return project;
    }
}
