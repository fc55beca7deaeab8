using PlaybookBuilder.Core.Files.Drs;

namespace PlaybookBuilder.Tests.Files.Drs;

public sealed class DrsUriTests
{
    [Theory]
    [InlineData("drs://example.org/abc", "example.org", "abc", "drs://example.org/abc")]
    [InlineData("DRS://Example.ORG/AbC", "example.org", "AbC", "drs://example.org/AbC")]
    [InlineData("drs://localhost:5000/a-b._~1", "localhost:5000", "a-b._~1", "drs://localhost:5000/a-b._~1")]
    [InlineData("drs://[::1]:5000/abc", "[::1]:5000", "abc", "drs://[::1]:5000/abc")]
    [InlineData("drs://example.org/a%2fb%41", "example.org", "a/bA", "drs://example.org/a%2FbA")]
    [InlineData("drs://example.org/gr%C3%B6%C3%9Fe", "example.org", "größe", "drs://example.org/gr%C3%B6%C3%9Fe")]
    public void Parse_DrsUri_IsHostAndId(string text, string host, string id, string formatted)
    {
        var uri = DrsUri.Parse(text);

        Assert.Equal((host, id, formatted), (uri.Host, uri.Id, uri.ToString()));
        Assert.Equal(uri, DrsUri.Parse(formatted));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("https://example.org/abc")]
    [InlineData("drs:/example.org/abc")]
    [InlineData("drs:///abc")]
    [InlineData("drs://example.org")]
    [InlineData("drs://example.org/")]
    [InlineData("drs://example.org/abc\n")]
    [InlineData(" drs://example.org/abc")]
    [InlineData("drs://example.org/a/b")]
    [InlineData("drs://example.org/a?b")]
    [InlineData("drs://example.org/a#b")]
    [InlineData("drs://user@example.org/abc")]
    [InlineData("drs://example.org:/abc")]
    [InlineData("drs://example.org:0/abc")]
    [InlineData("drs://example.org:65536/abc")]
    [InlineData("drs://-example.org/abc")]
    [InlineData("drs://dg.4503:00e6cfa9")]
    [InlineData("drs://example.org/.")]
    [InlineData("drs://example.org/%2E%2e")]
    [InlineData("drs://example.org/%FF")]
    [InlineData("drs://example.org/%4")]
    [InlineData("drs://example.org/größe")]
    public void TryParse_Other_IsRefused(string? text) => Assert.False(DrsUri.TryParse(text, out _));

    [Fact]
    public void Create_FromHostAndId_EscapesTheId() => Assert.Equal("drs://example.org/a%2Fb", DrsUri.Create("Example.org", "a/b").ToString());

    [Fact]
    public void Create_WithAWrongHost_IsRefused() => Assert.Throws<FormatException>(() => DrsUri.Create("example.org/evil", "abc"));

    [Fact]
    public void NewId_Many_AreDistinctUrlSafeAndLongEnough()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => DrsUri.NewId()).ToHashSet();

        Assert.Equal(10_000, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[0-9a-z]{26}$", id));
        // 26 letters out of 32 are 130 bits, provided that all 32 occur.
        Assert.Equal(32, ids.SelectMany(id => id).Distinct().Count());
    }
}
