using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Cavatica.Work;

/// <summary>
/// Writes every playbook that is made in this program to a folder, in the background and as often as it takes. One that says all that an earlier one said, and more, takes the place of its file; files of others stay.
/// </summary>
internal sealed partial class WorkKeeper(WorkFolder folder, PlaybookEngine engine, TimeProvider time, ILogger<WorkKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>How long the end of the program waits for what is not written yet.</summary>
    public static readonly TimeSpan TimeAtTheEnd = TimeSpan.FromSeconds(20);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SemaphoreSlim _offered = new(0);
    private readonly List<Playbook> _waiting = [];
    private readonly Dictionary<Guid, Playbook> _written = [];
    private readonly HashSet<Guid> _superseded = [];
    private Action? _changed;

    /// <summary>Why the last playbooks are not in the folder yet; null when they are, or are about to be.</summary>
    public string? Problem { get; private set; }

    /// <summary>Calls when <see cref="Problem"/> changed, until the result is disposed. It must be quick and must not throw.</summary>
    public IDisposable Subscribe(Action changed)
    {
        lock (_lock) _changed += changed;
        return new Subscription(this, changed);
    }

    /// <summary>Has a playbook written soon.</summary>
    public void Offer(Playbook playbook)
    {
        if (playbook.IsEmpty) return;

        lock (_lock)
        {
            if (_waiting.Concat(_written.Values).Any(other => other.IndexOfStep(playbook.Id) >= 0)) return;

            _waiting.RemoveAll(other => SaysAllOf(playbook, other));
            _waiting.Add(playbook);
        }

        _offered.Release();
    }

    /// <summary>Writes what is not written yet, and tries again until it is or the time is up.</summary>
    /// <returns>Whether all is written.</returns>
    public async Task<bool> FlushAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            while (!await TryKeepAsync(either.Token).ConfigureAwait(false)) await Task.Delay(FirstWait, time, either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        engine.Made += Offer;
        return base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        engine.Made -= Offer;
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        if (!await FlushAsync(TimeAtTheEnd, cancellationToken).ConfigureAwait(false)) LogUnwritten(Problem ?? "");
    }

    public override void Dispose()
    {
        base.Dispose();
        _turn.Dispose();
        _offered.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var wait = FirstWait; ;)
            {
                await _offered.WaitAsync(stoppingToken).ConfigureAwait(false);
                while (!await TryKeepAsync(stoppingToken).ConfigureAwait(false))
                {
                    await Task.Delay(wait, time, stoppingToken).ConfigureAwait(false);
                    wait = wait < LongestWait ? wait * 2 : LongestWait;
                }

                wait = FirstWait;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is written by the flush at the end.
        }
    }

    private async Task<bool> TryKeepAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (FirstWaiting() is { } playbook) await WriteAsync(playbook, cancellationToken).ConfigureAwait(false);
            foreach (var old in Superseded()) await DeleteAsync(old, cancellationToken).ConfigureAwait(false);
            Tell(null);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailure(exception);
            Tell(exception is StorageException ? exception.Message : "The project could not be written to.");
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task WriteAsync(Playbook playbook, CancellationToken cancellationToken)
    {
        var isOurs = await folder.TryWriteAsync(playbook, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            isOurs |= _superseded.Remove(playbook.Id);
            _waiting.Remove(playbook);
            foreach (var (id, old) in _written.Where(written => SaysAllOf(playbook, written.Value)).ToList())
            {
                _written.Remove(id);
                _superseded.Add(id);
            }

            if (isOurs) _written[playbook.Id] = playbook;
        }
    }

    private async Task DeleteAsync(Guid playbookId, CancellationToken cancellationToken)
    {
        await folder.DeleteAsync(playbookId, cancellationToken).ConfigureAwait(false);
        lock (_lock) _superseded.Remove(playbookId);
    }

    private Playbook? FirstWaiting()
    {
        lock (_lock) return _waiting.FirstOrDefault();
    }

    private Guid[] Superseded()
    {
        lock (_lock) return [.. _superseded];
    }

    // Titles and the like may be others, and a prompt may be answered that was open; everything else is to be the same.
    private static bool SaysAllOf(Playbook newer, Playbook older)
    {
        if (newer.Steps.Length < older.Steps.Length) return false;

        for (var i = 0; i < older.Steps.Length; i++)
        {
            var (now, before) = (newer.Steps[i].Process, older.Steps[i].Process);
            if (now.Type != before.Type || (before.Data is { } data && now.Data?.Id != data.Id) || !newer.SourcesOf(i).SequenceEqual(older.SourcesOf(i))) return false;
        }

        return true;
    }

    private void Tell(string? problem)
    {
        Action? changed;
        lock (_lock)
        {
            if (Problem == problem) return;

            Problem = problem;
            changed = _changed;
        }

        changed?.Invoke();
    }

    [LoggerMessage(LogLevel.Warning, "A playbook could not be written to the project, and is tried again")]
    private partial void LogFailure(Exception exception);

    [LoggerMessage(LogLevel.Error, "The program ends, and its last playbooks are not in the project: {Problem}")]
    private partial void LogUnwritten(string problem);

    private sealed class Subscription(WorkKeeper keeper, Action changed) : IDisposable
    {
        private bool _isDisposed;

        public void Dispose()
        {
            lock (keeper._lock)
            {
                if (!_isDisposed) keeper._changed -= changed;
                _isDisposed = true;
            }
        }
    }
}
