using Microsoft.Extensions.Caching.Memory;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine;

/// <summary>Keeps recently used playbooks, and processes that are about to run, in memory, within a bound. They are immutable, so what is here is never stale.</summary>
public sealed class PlaybookCache : IDisposable
{
    private const int MostCharacters = 32 * 1024 * 1024;
    private const int CharactersAStep = 512;

    private readonly MemoryCache _playbooks = new(new MemoryCacheOptions { SizeLimit = MostCharacters });
    private readonly MemoryCache _processes = new(new MemoryCacheOptions { SizeLimit = MostCharacters / 4 });

    public Playbook? Find(Guid playbookId) => _playbooks.Get<Playbook>(playbookId);

    public void Put(Playbook playbook) =>
        _playbooks.Set(playbook.Id, playbook, new MemoryCacheEntryOptions { Size = playbook.Steps.Sum(step => SizeOf(step.Process)) });

    public Process? FindProcess(Guid processId) => _processes.Get<Process>(processId);

    public void PutProcess(Process process) => _processes.Set(process.Id, process, new MemoryCacheEntryOptions { Size = SizeOf(process) });

    public void Dispose()
    {
        _playbooks.Dispose();
        _processes.Dispose();
    }

    private static int SizeOf(Process process) => CharactersAStep + (process.Data?.Value.Length ?? 0);
}
