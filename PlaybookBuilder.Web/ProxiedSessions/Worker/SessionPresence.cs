namespace PlaybookBuilder.Web.ProxiedSessions.Worker;

/// <summary>Who is there: open pages, and requests of programs that are under way.</summary>
internal sealed class SessionPresence(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _browsers = [];
    private int _requests;

    /// <summary>Raised when somebody came or went. It must be quick and must not throw.</summary>
    public event Action? Changed;

    public bool HasBrowser
    {
        get
        {
            lock (_lock) return _browsers.Count > 0;
        }
    }

    public bool HasRequest
    {
        get
        {
            lock (_lock) return _requests > 0;
        }
    }

    /// <summary>When the last page was left.</summary>
    public DateTimeOffset Left { get; private set; } = time.GetUtcNow();

    /// <param name="page">What tells it from others, also when it comes back.</param>
    public void Arrive(string page)
    {
        lock (_lock)
        {
            if (!_browsers.Add(page)) return;
        }

        Changed?.Invoke();
    }

    public void Leave(string page)
    {
        lock (_lock)
        {
            if (!_browsers.Remove(page)) return;

            Left = time.GetUtcNow();
        }

        Changed?.Invoke();
    }

    public void BeginRequest() => CountRequest(1);

    public void EndRequest() => CountRequest(-1);

    private void CountRequest(int change)
    {
        lock (_lock)
        {
            _requests += change;
        }

        Changed?.Invoke();
    }
}
