namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>How long this session has gone on, and goes on. Among the services of its worker, and of no other program.</summary>
/// <param name="end">Ends the worker, for the reason given.</param>
internal sealed class SessionLife(SessionPlace place, TimeProvider time, Func<string, Task> end)
{
    private readonly Lock _lock = new();
    private Action? _changed;
    private Task? _ending;

    /// <summary>Raised when the user did something. It must be quick and must not throw.</summary>
    public event Action? UserActed;

    public SessionPlace Place => place;

    /// <summary>When the user last did something.</summary>
    public DateTimeOffset LastActed { get; private set; } = time.GetUtcNow();

    /// <summary>When the session ends unless the user does something; null while nothing is to be warned of.</summary>
    public DateTimeOffset? EndsAt { get; private set; }

    /// <summary>The user did something, other than leave a page open.</summary>
    public void Acted()
    {
        lock (_lock)
        {
            LastActed = time.GetUtcNow();
        }

        if (_ending is null) Warn(null);
        UserActed?.Invoke();
    }

    /// <summary>Says when the session ends, or that it does not.</summary>
    public void Warn(DateTimeOffset? endsAt)
    {
        Action? changed;
        lock (_lock)
        {
            if (EndsAt == endsAt) return;

            EndsAt = endsAt;
            changed = _changed;
        }

        changed?.Invoke();
    }

    /// <summary>Calls when <see cref="EndsAt"/> changed, until the result is disposed. It must be quick and must not throw.</summary>
    public IDisposable Subscribe(Action changed)
    {
        lock (_lock)
        {
            _changed += changed;
        }

        return new Subscription(this, changed);
    }

    /// <summary>Ends the session: what is to be kept is kept, the public side is told why, and the worker stops. Once is enough.</summary>
    /// <param name="reason">A sentence for the session's owner.</param>
    public Task EndAsync(string reason)
    {
        lock (_lock)
        {
            return _ending ??= end(reason);
        }
    }

    private sealed class Subscription(SessionLife life, Action changed) : IDisposable
    {
        private bool _isDisposed;

        public void Dispose()
        {
            lock (life._lock)
            {
                if (!_isDisposed) life._changed -= changed;
                _isDisposed = true;
            }
        }
    }
}
