using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Web.Components.Sessions;

/// <summary>Tells a page when something of its reader's sessions changed, and each minute, so that times are right.</summary>
internal sealed class OwnSessions : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ProxySessions _sessions;
    private readonly Action _changed;
    private readonly IDisposable _beginnings;
    private readonly ITimer _timer;
    private (Guid Id, IDisposable Subscription)? _watched;

    public OwnSessions(ProxySessions sessions, Actor actor, TimeProvider time, Action changed)
    {
        (_sessions, _changed) = (sessions, changed);
        _beginnings = sessions.SubscribeBeginnings(actor, changed);
        _timer = time.CreateTimer(_ => changed(), null, Minute, Minute);
    }

    /// <summary>Hears of the changes of this session from now on, and of no other's.</summary>
    /// <returns>Whether it did not before: what was read until now may be out of date.</returns>
    public bool Watch(Guid? id)
    {
        if (_watched?.Id == id) return false;

        _watched?.Subscription.Dispose();
        _watched = id is { } one ? (one, _sessions.Subscribe(one, _changed)) : null;
        return _watched is not null;
    }

    public void Dispose()
    {
        _watched?.Subscription.Dispose();
        _beginnings.Dispose();
        _timer.Dispose();
    }
}
