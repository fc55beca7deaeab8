using System.Diagnostics;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Telemetry;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Engine.Queue;

public abstract partial class JobQueueConformance
{
    [Fact]
    public async Task Enqueue_WithinASpan_GoesWithTheJobToItsRun()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PlaybookTelemetry.Name,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        string asked;
        using (var span = PlaybookTelemetry.Spans.StartActivity("a test asks")!)
        {
            asked = span.Id!;
            await SavedAndAskedAsync(Playbooks.Chain(2));
        }

        var first = await ClaimOneAsync();
        var second = Assert.Single((await SucceedAsync(first, take: 1)).Taken.Jobs);

        Assert.Equal((asked, asked), (first.TraceParent, second.TraceParent));
    }

    [Fact]
    public async Task Claim_AfterAWhile_TellsHowLongItWaited()
    {
        await SavedAndAskedAsync(Playbooks.Chain(1));
        Advance(TimeSpan.FromMinutes(7));

        Assert.InRange((await ClaimOneAsync()).Waited, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(8));
    }

    [Fact]
    public async Task Measure_NoJobs_IsNothing() => Assert.Equal(new QueueDepth(0, 0, 0, null), await Queue.MeasureAsync(CancellationToken.None));

    [Fact]
    public async Task Measure_JobsOfEveryState_CountsThemAndTellsTheAgeOfTheOldest()
    {
        await SavedAndAskedAsync(Playbooks.Chain(3));
        await ClaimOneAsync();
        await SavedAndAskedAsync(Playbooks.Chain(1, "a"));
        Advance(TimeSpan.FromMinutes(5));
        await SavedAndAskedAsync(Playbooks.Chain(1, "b"));

        var depth = await Queue.MeasureAsync(CancellationToken.None);

        Assert.Equal((2L, 2L, 1L), (depth.Waiting, depth.Queued, depth.Running));
        Assert.InRange(depth.OldestQueued ?? default, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6));
    }
}
