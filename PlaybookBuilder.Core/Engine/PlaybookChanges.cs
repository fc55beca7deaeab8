using System.Threading.Channels;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine;

/// <summary>Lets one reader wait for the next change of a playbook's processes; changes that come meanwhile count as one.</summary>
internal sealed class PlaybookChanges : IDisposable
{
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly IDisposable _subscription;

    public PlaybookChanges(EngineSignals signals, Playbook playbook) =>
        _subscription = signals.Subscribe(playbook.Steps.Select(step => step.Process.Id), _ => _changed.Writer.TryWrite(true));

    public async Task NextAsync(CancellationToken cancellationToken) =>
        await _changed.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    public void Dispose() => _subscription.Dispose();
}
