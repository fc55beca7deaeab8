using PlaybookBuilder.Core.Storage;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage;

public sealed class StoragePathTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("a/")]
    [InlineData("a//b")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a/./b")]
    [InlineData("a/..")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a\u0085b")]
    [InlineData("..\\..\\b")]
    [InlineData(".pending-0123")]
    [InlineData("a/.PENDING-0123/b")]
    public void TryParse_NoPath_IsRefused(string? text) => Assert.False(StoragePath.TryParse(text, out _));

    /// <summary>Not a row above, because a runner that passes rows on as UTF-8 would mend it.</summary>
    [Fact]
    public void TryParse_LoneSurrogate_IsRefused() => Assert.False(StoragePath.TryParse("a\ud83eb", out _));

    [Theory]
    [InlineData("a", null, "a")]
    [InlineData("a/b/c.d", "a/b", "c.d")]
    [InlineData("...", null, "...")]
    [InlineData("..a/b..", "..a", "b..")]
    [InlineData("größe/🧬", "größe", "🧬")]
    public void Parse_Path_HasFolderAndName(string text, string? folder, string name)
    {
        var path = StoragePath.Parse(text);

        Assert.Equal((text, folder, name), (path.Value, path.Folder?.Value, path.Name));
    }

    [Fact]
    public void TryParse_Lengths_CountInUtf8()
    {
        Assert.True(StoragePath.TryParse(new string('n', 255), out _));
        Assert.False(StoragePath.TryParse(new string('n', 256), out _));
        Assert.False(StoragePath.TryParse(new string('é', 128), out _));
        Assert.True(StoragePath.TryParse(string.Join('/', Enumerable.Repeat(new string('n', 204), 5)), out _));
        Assert.False(StoragePath.TryParse(string.Join('/', Enumerable.Repeat(new string('n', 205), 5)), out _));
    }

    [Fact]
    public void Parse_NoPath_ThrowsInvalidPath() => Assert.Equal(StorageErrorKind.InvalidPath, Assert.Throws<StorageException>(() => At("../a")).Kind);

    [Fact]
    public void Append_TooLongTogether_ThrowsInvalidPath()
    {
        var half = At(string.Join('/', Enumerable.Repeat(new string('n', 200), 3)));

        Assert.Equal(StorageErrorKind.InvalidPath, Assert.Throws<StorageException>(() => half.Append(half)).Kind);
    }

    [Theory]
    [InlineData("a/b", "a", true)]
    [InlineData("a/b", null, true)]
    [InlineData("a", "a", false)]
    [InlineData("ab/c", "a", false)]
    [InlineData("A/b", "a", false)]
    public void IsWithin_Folder_ComparesWholeNames(string path, string? folder, bool isWithin) => Assert.Equal(isWithin, At(path).IsWithin(folder is null ? null : At(folder)));

    [Fact]
    public void RelativeTo_Folder_UndoesAppend()
    {
        Assert.Equal(At("b/c"), At("a").Append(At("b/c")).RelativeTo(At("a")));
        Assert.Throws<ArgumentException>(() => At("ab/c").RelativeTo(At("a")));
    }
}
