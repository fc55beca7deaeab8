namespace PlaybookBuilder.Core.Engine.Workers;

/// <summary>Runs that were told to stop, did not, and were left to themselves: they go on taking time and memory until their process ends.</summary>
public sealed class AbandonedRuns
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when there is one.</summary>
    public Task Any => _first.Task;

    internal void Add() => _first.TrySetResult();
}
