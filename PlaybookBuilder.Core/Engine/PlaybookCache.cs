using Microsoft.Extensions.Caching.Memory;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine;

/// <summary>Keeps recently used playbooks in memory, within a bound. They are immutable, so what is here is never stale.</summary>
public sealed class PlaybookCache : IDisposable
{
    private const int MostCharacters = 32 * 1024 * 1024;
    private const int CharactersAStep = 512;

    private readonly MemoryCache _playbooks = new(new MemoryCacheOptions { SizeLimit = MostCharacters });

    public Playbook? Find(Guid playbookId) => _playbooks.Get<Playbook>(playbookId);

    public void Put(Playbook playbook) =>
        _playbooks.Set(playbook.Id, playbook, new MemoryCacheEntryOptions { Size = playbook.Steps.Sum(step => CharactersAStep + (step.Process.Data?.Value.Length ?? 0)) });

    public void Dispose() => _playbooks.Dispose();
}
