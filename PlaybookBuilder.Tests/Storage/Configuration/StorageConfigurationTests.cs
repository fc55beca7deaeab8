using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Configuration;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Core.Storage.Measured;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Prefix;
using PlaybookBuilder.Tests.Support;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Configuration;

public sealed class StorageConfigurationTests
{
    [Theory]
    [InlineData(null, typeof(LocalStorage))]
    [InlineData(" ", typeof(LocalStorage))]
    [InlineData("memory:", typeof(MemoryStorage))]
    [InlineData("MEMORY://", typeof(MemoryStorage))]
    [InlineData("file:///srv/playbooks", typeof(LocalStorage))]
    [InlineData("""{"cls":"ufs.impl.memory.Memory"}""", typeof(MemoryStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.local.Local"},"prefix":"/srv/playbooks"}""", typeof(LocalStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.memory.Memory"},"prefix":"/user/project"}""", typeof(PrefixStorage))]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","prefix":"b","ufs":{"cls":"ufs.impl.prefix.Prefix","prefix":"/srv","ufs":{"cls":"ufs.impl.local.Local"}}}""", typeof(PrefixStorage))]
    public void AddStorage_Location_GivesThatStorage(string? location, Type type)
    {
        using var services = Services(location);

        Assert.IsType(type, Assert.IsType<MeasuredStorage>(services.GetRequiredService<IStorage>()).Inner);
        Assert.Same(services.GetRequiredService<IStorage>(), services.GetRequiredService<IStorage>());
    }

    [Theory]
    [InlineData("data/ufs", "neither JSON nor a URL")]
    [InlineData("gopher://host/folder", "'gopher:' is not available here")]
    [InlineData("memory:/folder", "write 'memory:'")]
    [InlineData("file://host/folder", "three slashes")]
    [InlineData("file:relative", "three slashes")]
    [InlineData("file:///folder#fragment", "three slashes")]
    [InlineData("{", "breaks at character")]
    [InlineData("{}", "'cls'")]
    [InlineData("""{"cls":1}""", "'cls'")]
    [InlineData("""{"cls":"ufs.impl.rclone.RClone"}""", "'ufs.impl.rclone.RClone' is not available here; use one of ufs.impl.local.Local")]
    [InlineData("""{"cls":"ufs.impl.local.Local"}""", "needs a folder")]
    [InlineData("""{"cls":"ufs.impl.memory.Memory","size":1}""", "has no field 'size'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","prefix":"/a"}""", "lacks its field 'ufs'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":[],"prefix":"/a"}""", "an object with a 'cls'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.local.Local"}}""", "'prefix'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.local.Local"},"prefix":"/a\u0000"}""", "NUL")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.local.Local","root":"/"},"prefix":"/a"}""", "has no field 'root'")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"ufs.impl.memory.Memory"},"prefix":"/a/../b"}""", "not a path of a folder")]
    [InlineData("""{"cls":"ufs.impl.prefix.Prefix","ufs":{"cls":"nothing.Such"},"prefix":"/a"}""", "'nothing.Such' is not available here")]
    public void AddStorage_WrongLocation_StopsTheStartWithOneLine(string location, string reason)
    {
        using var services = Services(location);
        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.StartsWith("UFS_STORAGE: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void AddStorage_WrongLocation_KeepsSecretsOutOfTheMessage()
    {
        using var services = Services("""{"cls":"ufs.impl.minio.Minio","secret_key":"hush"}""");
        var error = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.DoesNotContain("hush", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AddStorage_FolderThatIsAFile_StopsTheStart()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");
        using var services = Services($"file://{folder.Path}/file");

        Assert.Contains("is a file, not a folder", Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileUrl_WithEscapes_IsThatFolder()
    {
        using var folder = new TemporaryFolder();
        await StorageLocation.Open($"file://{folder.Path}/with%20space").WriteAsync("blob", Bytes(1));

        Assert.True(File.Exists(Path.Combine(folder.Path, "with space", "blob")));
    }

    [Fact]
    public async Task Prefix_OverAPrefixedLocal_IsAFolderOfThatFolder()
    {
        using var folder = new TemporaryFolder();
        var storage = StorageLocation.Open($$$$"""{"cls":"ufs.impl.prefix.Prefix","prefix":"/b/","ufs":{"cls":"ufs.impl.prefix.Prefix","prefix":"{{{{folder.Path}}}}","ufs":{"cls":"ufs.impl.local.Local"}}}""");
        await storage.WriteAsync("blob", Bytes(1));

        Assert.True(File.Exists(Path.Combine(folder.Path, "b", "blob")));
    }

    private static ServiceProvider Services(string? location) => new ServiceCollection()
        .AddMetrics()
        .AddStorage(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("UFS_STORAGE", location)]).Build())
        .BuildServiceProvider();
}
