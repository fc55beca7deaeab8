using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage;

/// <summary>Names of every kind, and what lists them.</summary>
public abstract partial class StorageConformance
{
    [Theory]
    [InlineData("Größe/дані/基因 表.csv")]
    [InlineData("e\u0301 and \u00e9")]
    [InlineData("🧬")]
    [InlineData("100%25 + a&b=c?d#e;f,g'h\"i<j>k|l*m:n~")]
    [InlineData(".hidden/...dots..")]
    [InlineData("CASE")]
    [InlineData(" space before and after ")]
    [InlineData("a  b")]
    [InlineData("%")]
    [InlineData("%41")]
    [InlineData("%2F")]
    [InlineData("a%2Fb/c%20d")]
    [InlineData("a+b/c+d")]
    [InlineData("?query=1")]
    [InlineData("#fragment")]
    [InlineData("a;b=c,d&e")]
    [InlineData("[a]{b}(c)")]
    [InlineData("^a`b|c")]
    [InlineData("'single' \"double\"")]
    [InlineData("$HOME `id` $(id)")]
    [InlineData("user@host:22")]
    [InlineData("-rf")]
    [InlineData("--")]
    [InlineData("*?[a-z]")]
    [InlineData("...")]
    [InlineData("a..b/..c")]
    [InlineData("name.")]
    [InlineData("con/nul.txt")]
    [InlineData("<a>&amp;</a>")]
    [InlineData("日本語/ファイル")]
    [InlineData("مرحبا")]
    [InlineData("a\u200bb\u00a0c")]
    [InlineData("ﬁ")]
    [InlineData("http:/host/path")]
    public async Task Names_OfAnyKind_ComeBackAsTheyWere(string path)
    {
        await Storage.WriteAsync(path, Bytes(5));

        Assert.Equal([path], await Storage.ListAsync());
        Assert.Equal(path, (await Storage.StatAsync(path))?.Path.Value);
        Assert.Equal(Bytes(5), await Storage.ReadAsync(path));
    }

    [Fact]
    public async Task Names_OfTheGreatestLength_AreKept()
    {
        var path = string.Join('/', Enumerable.Repeat(new string('n', 255), 3));
        await Storage.WriteAsync(path, Bytes(5));

        Assert.Equal(Bytes(5), await Storage.ReadAsync(path));
    }

    [Theory]
    [InlineData("100%")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("größe")]
    [InlineData("%20")]
    public async Task Names_OfFolders_ListWhatIsInThem(string folder)
    {
        await Storage.WriteAsync($"{folder}/blob", Bytes(5));
        await Storage.WriteAsync($"{folder}x/blob", Bytes(5));

        Assert.Equal([$"{folder}/blob"], await Storage.ListAsync(folder));
    }

    [Theory]
    [InlineData("größe/a b")]
    [InlineData("100%25")]
    [InlineData("a+b?c#d")]
    public async Task Names_OfAnyKind_CanBeCopiedMovedAndDeleted(string path)
    {
        await Storage.WriteAsync("source", Bytes(5));
        await Storage.CopyAsync(At("source"), At(path), CancellationToken.None);
        await Storage.MoveAsync(At(path), At($"{path} moved"), CancellationToken.None);
        Assert.Equal(Bytes(5), await Storage.ReadAsync($"{path} moved"));

        await Storage.DeleteAsync(At($"{path} moved"), CancellationToken.None);
        Assert.Equal(["source"], await Storage.ListAsync());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(30)]
    [InlineData(100)]
    public async Task List_FolderInFolderInFolder_HasWhatIsAtTheBottom(int depth)
    {
        var folder = string.Join('/', Enumerable.Repeat("deep", depth));
        await Storage.WriteAsync($"{folder}/blob", Bytes(5));

        Assert.Equal([$"{folder}/blob"], await Storage.ListAsync());
        Assert.Equal([$"{folder}/blob"], await Storage.ListAsync("deep"));
        Assert.Equal([$"{folder}/blob"], await Storage.ListAsync(folder));
        Assert.Empty(await Storage.ListAsync($"{folder}/blob"));
    }

    [Fact]
    public async Task List_ManyFolders_HasEachOfTheirBlobsOnce()
    {
        var paths = (from folder in Enumerable.Range(0, 40) from name in Enumerable.Range(0, 5) select $"{folder:D3}/{name}").ToList();
        await Parallel.ForEachAsync(paths, async (path, _) => await Storage.WriteAsync(path, []));

        Assert.Equal(paths, await Storage.ListAsync());
        Assert.Equal(paths[..5], await Storage.ListAsync("000"));
    }

    [Fact]
    public async Task List_LeftEarly_CanBeBegunAgain()
    {
        foreach (var path in new[] { "a", "b", "c" })
            await Storage.WriteAsync(path, []);

        for (var i = 0; i < 5; i++)
        {
            await foreach (var _ in Storage.ListAsync(null, CancellationToken.None))
                break;
        }

        Assert.Equal(["a", "b", "c"], await Storage.ListAsync());
    }
}
