using PlaybookBuilder.Core.Accounts;

namespace PlaybookBuilder.Tests.Accounts;

public sealed class OrcidIdTests
{
    // The examples of ORCID's own documentation.
    [Theory]
    [InlineData("0000-0002-1825-0097", "0000-0002-1825-0097")]
    [InlineData("https://orcid.org/0000-0001-5109-3700", "0000-0001-5109-3700")]
    [InlineData(" 000000021694233x ", "0000-0002-1694-233X")]
    [InlineData("0000-0002-1825-0098", null)]
    [InlineData("0000-0002-1825-009X", null)]
    [InlineData("0000-0002-1825", null)]
    [InlineData("X000-0002-1825-0097", null)]
    [InlineData("", null)]
    public void Parse_ChecksTheLastCharacter(string text, string? orcid) => Assert.Equal(orcid, OrcidId.Parse(text));
}
