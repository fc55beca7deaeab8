using Microsoft.Extensions.Time.Testing;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Engine.Workers;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Engine.Workers;

public sealed class JobsAheadTests
{
    private const int Slots = 5;

    private readonly FakeTimeProvider _time = FakeClock.New();
    private readonly RunningJobs _running = new();
    private readonly JobsAhead _ahead;

    public JobsAheadTests() => _ahead = new JobsAhead(Slots, _running, _time);

    [Theory]
    [InlineData(0.02, JobsAhead.Most)]
    [InlineData(1, 50)]
    [InlineData(10, 5)]
    [InlineData(51, 0)]
    public void Learn_WhereMoreWaits_WantsWhatIsDoneWithinItsReach(double milliseconds, int wanted)
    {
        _ahead.Learn([Ended(milliseconds)], new Claim([], null, HasMore: true));

        Assert.Equal(wanted, _ahead.Wanted);
    }

    [Fact]
    public void Learn_WhereNothingElseWaits_WantsNone()
    {
        _ahead.Learn([Ended(1)], new Claim([], null, HasMore: true));
        _ahead.Learn([Ended(1)], new Claim([], null, HasMore: false));

        Assert.Equal(0, _ahead.Wanted);
    }

    [Fact]
    public void Learn_FromARunThatIsToRunAgain_WantsNone()
    {
        _ahead.Learn([Ended(1), new JobFinish.Retry(Job(), TimeSpan.FromSeconds(1))], new Claim([], null, HasMore: true));

        Assert.Equal(0, _ahead.Wanted);
    }

    [Fact]
    public void Take_SomeOfWhatWasAdded_GivesThemInOrder()
    {
        ClaimedJob[] jobs = [Job(), Job(), Job()];
        _ahead.Add(new Claim([], null) { Ahead = jobs });

        Assert.Equal(jobs[..2], _ahead.Take(2).Select(next => next.Job));
        Assert.Equal(jobs[2..], _ahead.Take(2).Select(next => next.Job));
        Assert.True(_ahead.IsEmpty);
    }

    [Fact]
    public void Release_WhatCouldNotBeginInGoodTime_GivesItBack()
    {
        ClaimedJob[] jobs = [Job(), Job()];
        _ahead.Add(new Claim([], null) { Ahead = jobs });
        Assert.False(_ahead.IsStale);
        Assert.Equal(2, _running.All.Count);
        Assert.Empty(_running.Begun);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(_ahead.IsStale);
        Assert.Equal(jobs.Select(job => new JobFinish.Released(job)), _ahead.Release());
        Assert.False(_ahead.IsStale);
    }

    private static ClaimedJob Job() => new(Guid.NewGuid(), 1, 1);

    private static JobFinish Ended(double milliseconds) => new JobFinish.Resolved(Job(), Datum.OfJson("Text", "\"done\""), 1, TimeSpan.FromMilliseconds(milliseconds));
}
