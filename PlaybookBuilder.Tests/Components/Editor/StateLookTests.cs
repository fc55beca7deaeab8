using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Web.Components.Editor;

namespace PlaybookBuilder.Tests.Components.Editor;

public sealed class StateLookTests
{
    [Theory]
    [InlineData(0.2, "<1 ms")]
    [InlineData(52, "52 ms")]
    [InlineData(99.6, "0.1 s")]
    [InlineData(1234, "1.2 s")]
    [InlineData(59_949, "59.9 s")]
    [InlineData(60_000, "1 min 0 s")]
    [InlineData(3_725_000, "1 h 2 min")]
    public void Format_Duration_HasAUnitThatFits(double milliseconds, string expected) =>
        Assert.Equal(expected, StateLook.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void Of_EveryPhase_HasIconAndWord()
    {
        foreach (var phase in Enum.GetValues<ProcessPhase>())
        {
            var look = StateLook.Of(new ProcessState(Guid.NewGuid(), phase));
            Assert.NotEmpty(look.Icon);
            Assert.NotEmpty(look.Word);
        }
    }

    [Fact]
    public void Of_RunningWithPercent_SaysHowFar() =>
        Assert.Equal("Running 42%", StateLook.Of(new ProcessState(Guid.NewGuid(), ProcessPhase.Running) { Progress = new ProgressReport(41.7, null) }).Word);

    [Fact]
    public void Of_QueuedBehindOthers_SaysHowMany() =>
        Assert.Equal("Queued, 3 before it", StateLook.Of(new ProcessState(Guid.NewGuid(), ProcessPhase.Queued) { Place = 3 }).Word);
}
