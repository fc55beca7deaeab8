using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Secrets;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Accounts;

public sealed class ServiceTokensTests
{
    private const string Secret = "a-secret-of-the-tests-that-is-long-enough";

    [Fact]
    public void Check_OfWhatWasIssued_TellsTheProgram() => Assert.Equal("worker 7", Tokens(Secret).Check(Tokens(Secret).Issue("worker 7")));

    [Fact]
    public void Issue_Twice_GivesTwo() => Assert.NotEqual(Tokens(Secret).Issue("worker"), Tokens(Secret).Issue("worker"));

    [Fact]
    public void Issue_HoldsNothingOfTheSecret() => Assert.DoesNotContain(Secret, Tokens(Secret).Issue("worker"), StringComparison.Ordinal);

    [Fact]
    public void Check_UnderARotatedSecret_IsFine() => Assert.Equal("worker", Tokens($"another-secret-of-the-tests-long-enough,{Secret}").Check(Tokens(Secret).Issue("worker")));

    [Fact]
    public void Check_UnderAnotherSecret_IsRefused() => Assert.Null(Tokens("another-secret-of-the-tests-long-enough").Check(Tokens(Secret).Issue("worker")));

    [Theory]
    [InlineData("")]
    [InlineData("pbs_")]
    [InlineData("pbs_%%%")]
    [InlineData("pbs_AAAA")]
    [InlineData("pb_AAAA")]
    public void Check_OfNonsense_IsRefused(string token) => Assert.Null(Tokens(Secret).Check(token));

    [Fact]
    public void Check_OfAChangedToken_IsRefused()
    {
        var token = Tokens(Secret).Issue("worker");

        Assert.All(Enumerable.Range(5, token.Length - 6), i => Assert.Null(Tokens(Secret).Check(token[..i] + (token[i] == 'A' ? 'B' : 'A') + token[(i + 1)..])));
    }

    [Fact]
    public void Check_AfterItsTime_IsRefused()
    {
        var clock = FakeClock.New();
        var tokens = Tokens(Secret, clock);
        var token = tokens.Issue("worker");

        clock.Advance(ServiceTokens.Lifetime);
        Assert.NotNull(tokens.Check(token));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(tokens.Check(token));
    }

    private static ServiceTokens Tokens(string secret, TimeProvider? time = null) => new(new AppSecret(Options.Create(new AppSecretOptions { Text = secret })), time ?? TimeProvider.System);
}
