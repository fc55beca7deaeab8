using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Support;

/// <summary>Keeps playbooks in dictionaries, for tests that need no database.</summary>
internal sealed class MemoryPlaybookStore : IPlaybookStore
{
    private readonly Dictionary<Guid, Playbook> _playbooks = [];

    public Task SaveAsync(Playbook playbook, CancellationToken cancellationToken) => SaveAsync(playbook, [], cancellationToken);

    public Task SaveAsync(Playbook playbook, IReadOnlyList<UploadGrant> grants, CancellationToken cancellationToken)
    {
        _playbooks[playbook.Id] = playbook;
        return Task.CompletedTask;
    }

    public Task<Playbook?> FindAsync(Guid playbookId, CancellationToken cancellationToken) => Task.FromResult(_playbooks.GetValueOrDefault(playbookId));

    public Task<Process?> FindProcessAsync(Guid processId, CancellationToken cancellationToken) =>
        Task.FromResult(Steps.Select(step => step.Process).FirstOrDefault(process => process.Id == processId));

    public Task<Playbook?> FindLineageAsync(Guid processId, CancellationToken cancellationToken)
    {
        var playbook = _playbooks.Values.FirstOrDefault(candidate => candidate.IndexOfProcess(processId) >= 0);
        return Task.FromResult(playbook is null ? null : Playbook.Of(playbook.LineageOf(playbook.IndexOfProcess(processId)).Select(i => playbook.Steps[i])));
    }

    public Task<IReadOnlyDictionary<Guid, Datum>> FindDataAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<Guid, Datum>>(Steps
            .Select(step => step.Process.Data)
            .OfType<Datum>()
            .Where(datum => ids.Contains(datum.Id))
            .DistinctBy(datum => datum.Id)
            .ToDictionary(datum => datum.Id));

    public Task<PlaybookMetadata?> FindPlaybookMetadataAsync(Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(Steps.Select(step => step.Playbook).FirstOrDefault(metadata => metadata?.ToId() == id));

    private IEnumerable<Step> Steps => _playbooks.Values.SelectMany(playbook => playbook.Steps);
}
