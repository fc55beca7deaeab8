using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Tests.Authentication;

public sealed class ReturnPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/graph")]
    [InlineData("/graph/0d6a7f2e-0000-8000-8000-000000000000/node/start?x=1#y")]
    [InlineData("/components?q=Set%5BGene%5D%20100%25")]
    public void IsLocal_OfAPathOfOurs_IsTrue(string path) => Assert.True(ReturnPath.IsLocal(path));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("graph")]
    [InlineData("//evil.example")]
    [InlineData("///evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("/%2Fevil.example")]
    [InlineData("/%5Cevil.example")]
    [InlineData("/%25252Fevil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("/%0a/evil.example")]
    [InlineData("/ok%0d%0aSet-Cookie:x")]
    [InlineData("https://evil.example")]
    [InlineData("javascript:alert(1)")]
    public void IsLocal_OfAnythingElse_IsFalse(string? path) => Assert.False(ReturnPath.IsLocal(path));
}
