using System.Reflection;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Tests.Database;
using Conformance = PlaybookBuilder.Tests.Engine.Queue.JobQueueConformance;

namespace PlaybookBuilder.Tests.Engine.Queue;

/// <summary>The suite of queues is worth something only if each clause fails on a queue that breaks it.</summary>
public sealed class BrokenJobQueueTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static int _claims;

    private static readonly Dictionary<string, Func<IJobQueue, BrokenJobQueue>> Broken = new()
    {
        [nameof(Conformance.Read_NothingKnown_IsLeftOut)] = inner => new(inner) { Read = static async (queue, ids) => WithInvented(await queue.ReadAsync(ids, None), ids) },
        [nameof(Conformance.Read_JobsBehindTheFirst_HaveNoPlace)] = inner => new(inner) { Read = static async (queue, ids) => WithAPlace(await queue.ReadAsync(ids, None)) },
        [nameof(Conformance.Enqueue_Chain_QueuesOnlyWhatIsRunnable)] = ClaimsWhatWaits,
        [nameof(Conformance.Enqueue_InputsResolvedBefore_IsQueued)] = inner => new(inner) { Enqueue = static (_, _, _, _) => Task.FromResult<IReadOnlyList<Job>>([]) },
        [nameof(Conformance.Enqueue_Again_ChangesNothing)] = TellsOfEveryJob,
        [nameof(Conformance.Enqueue_OneProcessTwice_IsOneJob)] = inner => new(inner) { Enqueue = static async (queue, requests, demand, age) => Twice(await queue.EnqueueAsync(requests, demand, age, None)) },
        [nameof(Conformance.Enqueue_Running_IsLeftToItsWorker)] = inner => new(inner) { Enqueue = static async (queue, requests, demand, age) => { await queue.RescueAsync(NobodyAsync, None); return await queue.EnqueueAsync(requests, demand, age, None); } },
        [nameof(Conformance.Enqueue_ResultOfTheSameVersion_Stays)] = RequestsVersion(3),
        [nameof(Conformance.Enqueue_ResultOfAnotherVersion_IsRemovedWithWhatWasComputedFromIt)] = inner => new(inner) { Enqueue = static async (queue, requests, demand, age) => { await queue.InvalidateAsync([requests[0].ProcessId], None); return await queue.EnqueueAsync([.. requests.Select(request => request with { Version = 1 })], demand, age, None); } },
        [nameof(Conformance.Enqueue_ResultOfAnotherVersion_KeepsWhatIsFrozen)] = inner => new(inner) { Enqueue = static (queue, requests, demand, age) => queue.EnqueueAsync([.. requests.Select(request => request with { Version = 2 })], demand, age, None) },
        [nameof(Conformance.Enqueue_OutdatedInputOfAQueuedJob_MakesItWait)] = RequestsVersion(JobErrors.AnyVersion),
        [nameof(Conformance.Enqueue_TransientError_IsTriedAgainWhenItIsOld)] = inner => new(inner) { Enqueue = static (queue, requests, demand, _) => queue.EnqueueAsync(requests, demand, null, None) },
        [nameof(Conformance.Enqueue_LastingError_StaysHoweverOld)] = InvalidatesFirst,
        [nameof(Conformance.Enqueue_OnAnError_IsNotEnqueued)] = InvalidatesFirst,
        [nameof(Conformance.Enqueue_OnWhatNobodyAskedFor_IsNotEnqueued)] = inner => new(inner) { Enqueue = static async (queue, requests, demand, age) => [.. await queue.EnqueueAsync(requests, demand, age, None), new Job(requests[0].ProcessId, JobState.Waiting, 0, default, null, null)] },
        [nameof(Conformance.Enqueue_BatchJobThatSomebodyWaitsFor_BecomesInteractive)] = inner => new(inner) { Enqueue = static (queue, requests, demand, age) => queue.EnqueueAsync(requests, demand with { IsBatch = true }, age, None) },
        [nameof(Conformance.Enqueue_UnknownProcessAmongOthers_KeepsNothing)] = inner => new(inner) { Enqueue = EnqueueOneByOneAsync },
        [nameof(Conformance.Invalidate_Result_IsGone)] = NeverInvalidates,
        [nameof(Conformance.Invalidate_InputOfAQueuedJob_MakesItWaitUntilItIsComputedAgain)] = NeverInvalidates,
        [nameof(Conformance.Invalidate_InputOfARunningJob_LetsItRunAndWaitsBeforeItRunsAgain)] = NeverInvalidates,
        [nameof(Conformance.Claim_Nothing_IsEmpty)] = inner => new(inner) { Claim = static (_, worker, _) => Task.FromResult(new Claim([new ClaimedJob(Guid.NewGuid(), worker, 1)], null)) },
        [nameof(Conformance.Claim_Queued_RunsWithItsWorkerAndAttempt)] = ClaimsAgain,
        [nameof(Conformance.Claim_SomeOfMany_TellsThatThereAreMore)] = inner => new(inner) { Claim = static async (queue, worker, most) => await queue.ClaimAsync(worker, most, None) with { HasMore = false } },
        [nameof(Conformance.Claim_OneOwner_IsInTheOrderOfAsking)] = inner => new(inner) { Claim = static async (queue, worker, most) => await queue.ClaimAsync(worker, most, None) is var claim ? claim with { Jobs = [.. claim.Jobs.Reverse()] } : claim },
        [nameof(Conformance.Claim_InteractiveAndBatch_TakesTheInteractiveFirst)] = inner => new(inner) { Enqueue = static (queue, requests, demand, age) => queue.EnqueueAsync(requests, demand with { IsBatch = true }, age, None) },
        [nameof(Conformance.Claim_BesideABatchOfTenThousand_ServesTheOtherOwnersInTurn)] = KnowsOneOwner,
        [nameof(Conformance.Claim_InteractiveOfAnOwnerWithALargeBatch_DoesNotPayForTheBatch)] = inner => new(inner) { Enqueue = static (queue, requests, demand, age) => queue.EnqueueAsync(requests, demand with { IsBatch = false }, age, None) },
        [nameof(Conformance.Claim_ByManyAtOnce_GivesNoJobTwice)] = ClaimsAgain,
        [nameof(Conformance.Finish_Value_IsStoredAndItsDependentTaken)] = inner => new(inner) { Finish = static (queue, worker, finishes, _) => queue.FinishAsync(worker, finishes, 0, None) },
        [nameof(Conformance.Finish_Value_CanBeReadByItsId)] = inner => new(inner) { FinishOne = static finish => finish is JobFinish.Resolved resolved ? resolved with { Output = Datum.OfJson("Text", "\"another\"") } : finish },
        [nameof(Conformance.Finish_OneOfTwoInputs_LeavesTheJoinWaiting)] = inner => new(inner) { Finish = static async (queue, worker, finishes, take) => await queue.FinishAsync(worker, finishes, take, None) with { Queued = [finishes[0].Job.ProcessId] } },
        [nameof(Conformance.Finish_ManyAtOnce_EndsThemAll)] = inner => new(inner) { Finish = static (queue, worker, finishes, take) => queue.FinishAsync(worker, [finishes[0]], take, None) },
        [nameof(Conformance.Finish_Error_DropsAllThatStandsOnIt)] = inner => new(inner) { FinishOne = static finish => finish is JobFinish.Resolved resolved ? resolved with { Output = Datum.OfJson("Text", "\"fine\"") } : finish },
        [nameof(Conformance.Finish_OfAnotherWorkerOrAttempt_IsIgnored)] = HasNoFence,
        [nameof(Conformance.Finish_AfterTheJobWasRescued_IsIgnored)] = HasNoFence,
        [nameof(Conformance.Finish_Retry_IsNotClaimableBeforeItsTime)] = inner => new(inner) { FinishOne = static finish => finish is JobFinish.Retry retry ? retry with { Delay = TimeSpan.Zero } : finish },
        [nameof(Conformance.Finish_Released_DoesNotCountTheAttempt)] = inner => new(inner) { FinishOne = static finish => finish is JobFinish.Released ? new JobFinish.Retry(finish.Job, TimeSpan.Zero) : finish },
        [nameof(Conformance.Cancel_Queued_EndsAsAnErrorAndDropsItsDependents)] = NeverCancels,
        [nameof(Conformance.Cancel_Running_IsMarkedAndLeftToItsWorker)] = NeverCancels,
        [nameof(Conformance.Cancel_RunningThatShouldRunAgain_EndsAsCancelled)] = NeverCancels,
        [nameof(Conformance.Rescue_JobsOfDeadWorkers_AreQueuedAgain)] = inner => new(inner) { Rescue = static (queue, _) => queue.RescueAsync(NobodyAsync, None) },
        [nameof(Conformance.Rescue_JobThatTookItsWorkerDown_RunsAlone)] = inner => new(inner) { Rescue = static (_, _) => Task.FromResult<IReadOnlyList<Guid>>([]) },
        [nameof(Conformance.Rescue_JobThatTookItsWorkerDown_IsNotPutOffByWhatIsAskedForLater)] = inner => new(inner) { Claim = static (queue, worker, take) => queue.ClaimAsync(worker * 100 + Interlocked.Increment(ref _claims), take, None) },
        [nameof(Conformance.Rescue_DeathsWhileAlone_EndAsAnError)] = inner => new(inner) { Rescue = static (_, _) => Task.FromResult<IReadOnlyList<Guid>>([]) },
        [nameof(Conformance.Enqueue_WithinASpan_GoesWithTheJobToItsRun)] = inner => new(inner) { Claim = static async (queue, worker, most) => await queue.ClaimAsync(worker, most, None) is var claim ? claim with { Jobs = [.. claim.Jobs.Select(job => job with { TraceParent = null })] } : claim },
        [nameof(Conformance.Claim_AfterAWhile_TellsHowLongItWaited)] = inner => new(inner) { Claim = static async (queue, worker, most) => await queue.ClaimAsync(worker, most, None) is var claim ? claim with { Jobs = [.. claim.Jobs.Select(job => job with { Waited = default })] } : claim },
        [nameof(Conformance.Measure_JobsOfEveryState_CountsThemAndTellsTheAgeOfTheOldest)] = inner => new(inner) { Measure = static async queue => await queue.MeasureAsync(None) with { OldestQueued = TimeSpan.Zero } },
        [nameof(Conformance.Measure_NoJobs_IsNothing)] = inner => new(inner) { Measure = static async queue => await queue.MeasureAsync(None) with { OldestQueued = TimeSpan.Zero } },
    };

    public static TheoryData<string> Clauses { get; } = [.. typeof(Conformance).GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Clauses))]
    public async Task Clause_OnAQueueThatBreaksIt_Fails(string clause)
    {
        using var suite = new Suite(Broken[clause]);
        var method = typeof(Conformance).GetMethod(clause)!;
        object?[] arguments = method.GetParameters().Length == 0 ? [] : method.GetCustomAttributes<InlineDataAttribute>().First().Data!;

        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => (Task)method.Invoke(suite, arguments)!);
    }

    private static Task<IReadOnlySet<int>> NobodyAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlySet<int>>(new HashSet<int>());

    private static QueueSnapshot WithInvented(QueueSnapshot snapshot, IEnumerable<Guid> ids) =>
        snapshot with { Jobs = ids.Distinct().ToDictionary(id => id, id => snapshot.Jobs.GetValueOrDefault(id) ?? new Job(id, JobState.Waiting, 0, default, null, null)) };

    private static QueueSnapshot WithAPlace(QueueSnapshot snapshot) => snapshot with { Jobs = snapshot.Jobs.ToDictionary(job => job.Key, job => job.Value with { Place = job.Value.Place ?? Job.MostPlaces }) };

    private static IReadOnlyList<Job> Twice(IReadOnlyList<Job> jobs) => [.. jobs, .. jobs];

    private static BrokenJobQueue ClaimsWhatWaits(IJobQueue inner)
    {
        var waiting = new List<Guid>();
        return new(inner)
        {
            Enqueue = async (queue, requests, demand, age) =>
            {
                var added = await queue.EnqueueAsync(requests, demand, age, None);
                waiting.AddRange(added.Where(job => job.State == JobState.Waiting).Select(job => job.ProcessId));
                return added;
            },
            Claim = async (queue, worker, most) => new Claim([.. (await queue.ClaimAsync(worker, most, None)).Jobs, .. waiting.Select(id => new ClaimedJob(id, worker, 1))], null),
        };
    }

    private static BrokenJobQueue TellsOfEveryJob(IJobQueue inner) => new(inner)
    {
        Enqueue = static async (queue, requests, demand, age) =>
        {
            await queue.EnqueueAsync(requests, demand, age, None);
            return [.. (await queue.ReadAsync([.. requests.Select(request => request.ProcessId)], None)).Jobs.Values];
        },
    };

    private static Func<IJobQueue, BrokenJobQueue> RequestsVersion(int version) => inner => new(inner)
    {
        Enqueue = (queue, requests, demand, age) => queue.EnqueueAsync([.. requests.Select(request => request with { Version = version })], demand, age, None),
    };

    private static BrokenJobQueue InvalidatesFirst(IJobQueue inner) => new(inner)
    {
        Enqueue = static async (queue, requests, demand, age) =>
        {
            await queue.InvalidateAsync([.. requests.Select(request => request.ProcessId)], None);
            return await queue.EnqueueAsync(requests, demand, age, None);
        },
    };

    private static async Task<IReadOnlyList<Job>> EnqueueOneByOneAsync(IJobQueue queue, IReadOnlyList<JobRequest> requests, Demand demand, TimeSpan? age)
    {
        var added = new List<Job>();
        foreach (var request in requests) added.AddRange(await queue.EnqueueAsync([request], demand, age, None));
        return added;
    }

    private static BrokenJobQueue NeverInvalidates(IJobQueue inner) => new(inner) { Invalidate = static (_, _) => Task.CompletedTask };

    private static BrokenJobQueue NeverCancels(IJobQueue inner) => new(inner) { Cancel = static (_, _) => Task.FromResult(new CancelOutcome([], [])) };

    private static BrokenJobQueue KnowsOneOwner(IJobQueue inner) => new(inner)
    {
        Enqueue = static (queue, requests, demand, age) => queue.EnqueueAsync(requests, demand with { Owner = "" }, age, None),
    };

    // Gives the first job that it ever gave once more when there is no other.
    private static BrokenJobQueue ClaimsAgain(IJobQueue inner)
    {
        ClaimedJob? first = null;
        var isAgain = 0;
        return new(inner)
        {
            Claim = async (queue, worker, most) =>
            {
                var claim = await queue.ClaimAsync(worker, most, None);
                if (claim.Jobs.Count > 0) Interlocked.CompareExchange(ref first, claim.Jobs[0], null);
                return claim.Jobs.Count == 0 && Interlocked.Exchange(ref isAgain, 1) == 0 ? new Claim([first!], null) : claim;
            },
        };
    }

    // Takes every finish for one of the present run.
    private static BrokenJobQueue HasNoFence(IJobQueue inner)
    {
        var present = new Dictionary<Guid, ClaimedJob>();
        return new(inner)
        {
            Claim = async (queue, worker, most) =>
            {
                var claim = await queue.ClaimAsync(worker, most, None);
                foreach (var job in claim.Jobs) present[job.ProcessId] = job;
                return claim;
            },
            FinishOne = finish => finish with { Job = present[finish.Job.ProcessId] },
        };
    }

    /// <summary>Not found by the test runner, since it is not public.</summary>
    private sealed class Suite(Func<IJobQueue, BrokenJobQueue> breaks) : SqliteMemoryJobQueueConformance
    {
        private protected override IJobQueue Wrap(IJobQueue queue) => breaks(queue);
    }
}
