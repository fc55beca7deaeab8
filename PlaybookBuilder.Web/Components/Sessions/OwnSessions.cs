using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Web.Components.Sessions;

/// <summary>Keeps what a page shows of its reader's sessions up to date: when something of them changed, and each minute, so that times are right. Used on the page's own dispatcher.</summary>
internal sealed class OwnSessions : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ProxySessions _sessions;
    private readonly Func<Task<Guid?>> _read;
    private readonly Action _changed;
    private readonly IDisposable _beginnings;
    private readonly ITimer _timer;
    private (Guid Id, IDisposable Subscription)? _watched;
    private bool _isReading;
    private bool _isStale;

    /// <param name="read">Reads what is shown, and says of which session it is to be told.</param>
    /// <param name="changed">Has the page call <see cref="ReadAsync"/> and show what was read; called on any thread.</param>
    public OwnSessions(ProxySessions sessions, Actor actor, TimeProvider time, Func<Task<Guid?>> read, Action changed)
    {
        (_sessions, _read, _changed) = (sessions, read, changed);
        _beginnings = sessions.SubscribeBeginnings(actor, changed);
        _timer = time.CreateTimer(_ => changed(), null, Minute, Minute);
    }

    /// <summary>Reads, or has who reads already do so once more: what was read before a change does not take the place of what was read after it.</summary>
    public async Task ReadAsync()
    {
        _isStale = true;
        if (_isReading) return;

        _isReading = true;
        try
        {
            while (_isStale)
            {
                _isStale = false;
                // Before it was watched, changes went unheard.
                _isStale |= Watch(await _read());
            }
        }
        finally
        {
            _isReading = false;
        }
    }

    public void Dispose()
    {
        _watched?.Subscription.Dispose();
        _beginnings.Dispose();
        _timer.Dispose();
    }

    /// <returns>Whether it is another than before.</returns>
    private bool Watch(Guid? id)
    {
        if (_watched?.Id == id) return false;

        _watched?.Subscription.Dispose();
        _watched = id is { } one ? (one, _sessions.Subscribe(one, _changed)) : null;
        return _watched is not null;
    }
}
