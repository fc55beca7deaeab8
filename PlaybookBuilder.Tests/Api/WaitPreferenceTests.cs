using Microsoft.Extensions.Primitives;
using PlaybookBuilder.Web.Api;

namespace PlaybookBuilder.Tests.Api;

public class WaitPreferenceTests
{
    [Theory]
    [InlineData("wait=10", 10)]
    [InlineData("Wait = 0", 0)]
    [InlineData("respond-async, wait=\"5\"; foo=bar", 5)]
    [InlineData("wait=4294967295", 86400)]
    public void Parse_Wait_IsThatLong(string header, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), WaitPreference.Parse(header));

    [Theory]
    [InlineData("")]
    [InlineData("wait")]
    [InlineData("wait=soon")]
    [InlineData("wait=-1")]
    [InlineData("waits=1")]
    public void Parse_NothingUnderstood_IsNoPreference(string header) => Assert.Null(WaitPreference.Parse(header));

    [Fact]
    public void Parse_SeveralLines_TakesTheFirstThatIsUnderstood() =>
        Assert.Equal(TimeSpan.FromSeconds(3), WaitPreference.Parse(new StringValues(["return=minimal", "wait=x, wait=3", "wait=4"])));
}
