using Microsoft.AspNetCore.Http;

namespace PlaybookBuilder.Tests.Support;

/// <summary>The faults that a fake server will have, in their order.</summary>
internal sealed class FakeFaults
{
    private readonly Queue<FakeFault> _faults = [];

    public void Add(FakeFault fault)
    {
        lock (_faults) _faults.Enqueue(fault);
    }

    /// <summary>That of a request; null when the next fault is for another.</summary>
    public FakeFault? Take(string line)
    {
        lock (_faults) return _faults.TryPeek(out var fault) && line.Contains(fault.Request, StringComparison.Ordinal) ? _faults.Dequeue() : null;
    }

    /// <summary>Until the client has gone.</summary>
    public static async Task KeepSilentAsync(HttpContext context)
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
