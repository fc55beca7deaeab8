using PlaybookBuilder.Core.Cavatica.Sessions;
using PlaybookBuilder.Web.Components.Sessions;

namespace PlaybookBuilder.Tests.Components.Sessions;

public sealed class SessionWordsTests
{
    private static readonly DateTimeOffset Begun = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, "0 min", "about $0.00")]
    [InlineData(59.9, "59 min", "about $0.42")]
    [InlineData(150, "2 h 30 min", "about $1.05")]
    [InlineData(-1, "0 min", "about $0.00")]
    public void Figures_OfASessionOnAPlatform_AreTimeAndMoney(double minutes, string duration, string cost)
    {
        var session = Session("wes");

        Assert.Equal(duration, SessionWords.Duration(session, Begun.AddMinutes(minutes)));
        Assert.Equal(cost, SessionWords.Cost(session, Begun.AddMinutes(minutes)));
    }

    [Fact]
    public void Figures_AfterTheEnd_StandStill()
    {
        var session = Session("wes") with { Ended = Begun.AddMinutes(10) };

        Assert.Equal("10 min", SessionWords.Duration(session, Begun.AddDays(1)));
        Assert.Equal("about $0.07", SessionWords.Cost(session, Begun.AddDays(1)));
    }

    [Fact]
    public void Cost_OnThisMachine_IsNone() => Assert.Null(SessionWords.Cost(Session("local"), Begun.AddHours(1)));

    [Fact]
    public void Names_OfAllStates_AreThere() => Assert.All(Enum.GetValues<ProxySessionState>(), static state => Assert.NotEmpty(SessionWords.Name(state)));

    private static ProxySession Session(string launcher) => new(Guid.NewGuid(), Guid.NewGuid(), launcher, "", ProxySessionState.Connected, "run", null, Begun, Begun, null, null);
}
