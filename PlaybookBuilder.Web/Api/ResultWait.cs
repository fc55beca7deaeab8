using System.Globalization;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Engine.Queue;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;

namespace PlaybookBuilder.Web.Api;

/// <summary>Waits for results for as long as the client stays, or for as long as it said that it wants to.</summary>
internal sealed class ResultWait(PlaybookEngine engine, TimeProvider time)
{
    private const string RetryAfterSeconds = "1";

    /// <returns>The states of all steps, or null when the client's time was over first and was told where the steps stand.</returns>
    public async Task<ProcessState[]?> WaitAsync(HttpContext context, Playbook playbook)
    {
        var demand = context.User.ToDemand();
        if (WaitPreference.Of(context.Request) is not { } longest) return await engine.WaitAsync(playbook, demand, context.RequestAborted);

        context.Response.Headers["Preference-Applied"] = string.Create(CultureInfo.InvariantCulture, $"wait={(int)longest.TotalSeconds}");
        var states = await WaitAsync(playbook, demand, longest, context.RequestAborted);
        if (states.All(state => state.IsDone)) return states;

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        await JsonAnswer.WriteAsync(context, await PlaybookStatus.OfAsync(engine, playbook, states, context.RequestAborted), PlaybookStatus.Write);
        return null;
    }

    private async Task<ProcessState[]> WaitAsync(Playbook playbook, Demand demand, TimeSpan longest, CancellationToken aborted)
    {
        var states = await engine.RequestAsync(playbook, demand, aborted);
        if (states.All(state => state.IsDone)) return states;

        using var over = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, aborted);
        try
        {
            return await engine.WaitAsync(playbook, demand, either.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return await engine.ReadStatesAsync(playbook, aborted);
        }
    }
}
