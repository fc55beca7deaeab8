using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Web.Components.Editor;

namespace PlaybookBuilder.Tests.Components.Editor;

public class LongWorkTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LongWork _work;

    public LongWorkTests() => _work = new LongWork(_time);

    [Theory]
    [InlineData(ProcessPhase.Resolved, ProcessPhase.Resolved, "Done")]
    [InlineData(ProcessPhase.Resolved, ProcessPhase.Failed, "A step failed")]
    [InlineData(ProcessPhase.Failed, ProcessPhase.Failed, "2 steps failed")]
    [InlineData(ProcessPhase.Resolved, ProcessPhase.WaitingForInput, "Done")]
    public void Follow_LongWorkThatEnds_IsToldOnce(ProcessPhase first, ProcessPhase second, string outcome)
    {
        Assert.Null(Follow(ProcessPhase.Running, ProcessPhase.Queued));
        _time.Advance(LongWork.Least / 2);
        Assert.Null(Follow(ProcessPhase.Resolved, ProcessPhase.Running));
        _time.Advance(LongWork.Least / 2);

        Assert.Equal(outcome, Follow(first, second));
        Assert.Null(Follow(first, second));
    }

    [Fact]
    public void Follow_WorkThatIsDoneAtOnce_IsNotTold()
    {
        Assert.Null(Follow(ProcessPhase.Running));
        _time.Advance(LongWork.Least - TimeSpan.FromMilliseconds(1));

        Assert.Null(Follow(ProcessPhase.Resolved));
    }

    [Fact]
    public void Follow_WhatWasDoneBefore_IsNotTold()
    {
        _time.Advance(TimeSpan.FromHours(1));

        Assert.Null(Follow(ProcessPhase.Resolved, ProcessPhase.Unresolved));
    }

    [Theory]
    [InlineData(ProcessPhase.Resolved, ProcessPhase.Running, "1 of 2 done · ")]
    [InlineData(ProcessPhase.Queued, ProcessPhase.Queued, "0 of 2 done · ")]
    [InlineData(ProcessPhase.Resolved, ProcessPhase.WaitingForInput, "")]
    public void Progress_IsToldWhileThereIsWork(ProcessPhase first, ProcessPhase second, string progress) => Assert.Equal(progress, LongWork.ProgressOf(States(first, second)));

    private string? Follow(params ProcessPhase[] phases) => _work.Follow(States(phases));

    private static ProcessState[] States(params ProcessPhase[] phases) => [.. phases.Select(static phase => new ProcessState(Guid.NewGuid(), phase))];
}
