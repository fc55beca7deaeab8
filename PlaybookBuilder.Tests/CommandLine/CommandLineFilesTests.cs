using System.Text;
using System.Text.Json.Nodes;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.CommandLine;

namespace PlaybookBuilder.Tests.CommandLine;

public sealed class CommandLineFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Create_File_IsReadAgainByItsAddress()
    {
        var files = new CommandLineFiles(new OutputFolder(_folder.Path));

        var url = await files.CreateAsync("ü counts.csv", static (stream, token) => stream.WriteAsync("a,b"u8.ToArray(), token).AsTask(), TestContext.Current.CancellationToken);

        Assert.Equal(("ü counts.csv", 3L), (url.Filename, url.Size));
        await using var stream = await files.OpenAsync(url, TestContext.Current.CancellationToken);
        Assert.Equal("a,b", await new StreamReader(stream).ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Create_WritingFails_LeavesNothing()
    {
        var files = new CommandLineFiles(new OutputFolder(_folder.Path));

        await Assert.ThrowsAsync<InvalidDataException>(() => files.CreateAsync("x.csv", static (_, _) => throw new InvalidDataException(), TestContext.Current.CancellationToken));

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Theory]
    [InlineData("https://example.org/x.csv")]
    [InlineData("drs://localhost/x")]
    [InlineData("file:///no/such/file.csv")]
    [InlineData("x.csv")]
    public async Task Open_NotAFileOfThisMachine_SaysSo(string url)
    {
        var files = new CommandLineFiles(new OutputFolder(_folder.Path));

        await Assert.ThrowsAsync<ProcessFailedException>(() => files.OpenAsync(new FileUrl(url, "x.csv"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("")]
    [InlineData("@")]
    public async Task Read_FileUrl_TakesAPath(string mark)
    {
        var path = Path.Combine(_folder.Path, "counts 1.csv");
        await File.WriteAllTextAsync(path, "gene,s1\nACE2,{", Encoding.UTF8);

        var value = JsonNode.Parse(await CommandLineValue.ReadAsync(mark + path, typeof(FileUrl), TestContext.Current.CancellationToken))!;

        Assert.Equal(new Uri(path).AbsoluteUri, value["url"]!.GetValue<string>());
        Assert.Equal("counts 1.csv", value["filename"]!.GetValue<string>());
    }

    [Fact]
    public async Task Read_FileUrlFromAFileThatHoldsOne_IsThat()
    {
        var path = Path.Combine(_folder.Path, "value.json");
        await File.WriteAllTextAsync(path, """{"url": "file:///a.csv", "filename": "a.csv"}""");

        var value = JsonNode.Parse(await CommandLineValue.ReadAsync("@" + path, typeof(FileUrl), TestContext.Current.CancellationToken))!;

        Assert.Equal("a.csv", value["filename"]!.GetValue<string>());
    }

    [Fact]
    public async Task Read_MissingFile_IsBadUsage() =>
        await Assert.ThrowsAsync<UsageException>(() => CommandLineValue.ReadAsync("missing.csv", typeof(FileUrl), TestContext.Current.CancellationToken));

    [Fact]
    public void OutputFolder_NeverNeeded_MakesNoTemporaryOne() => Assert.Null(new OutputFolder(null).Temporary);
}
