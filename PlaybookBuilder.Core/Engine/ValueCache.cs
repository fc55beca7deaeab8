using Microsoft.Extensions.Caching.Memory;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Engine;

/// <summary>Reads decoded values, keeping recent ones in memory within a bound. Values are immutable and named by content, so none goes stale.</summary>
public sealed class ValueCache(IPlaybookStore store) : IDisposable
{
    private const int MostCharacters = 32 * 1024 * 1024;

    private readonly MemoryCache _values = new(new MemoryCacheOptions { SizeLimit = MostCharacters });

    /// <summary>Reads values of known types; those that do not exist are left out.</summary>
    /// <exception cref="WorkflowException">A stored value does not fit its type any more.</exception>
    public Task<IReadOnlyDictionary<Guid, object>> ReadAsync(IReadOnlyCollection<(Guid Id, DataType Type)> wanted, CancellationToken cancellationToken) => ReadAsync(wanted, [], cancellationToken);

    /// <summary>Reads values of known types; those that do not exist are left out.</summary>
    /// <param name="atHand">Stored values that the caller has already.</param>
    /// <exception cref="WorkflowException">A stored value does not fit its type any more.</exception>
    public async Task<IReadOnlyDictionary<Guid, object>> ReadAsync(IReadOnlyCollection<(Guid Id, DataType Type)> wanted, IReadOnlyCollection<Datum> atHand, CancellationToken cancellationToken)
    {
        var values = new Dictionary<Guid, object>(wanted.Count);
        var missing = new Dictionary<Guid, DataType>();
        foreach (var (id, type) in wanted)
        {
            if (_values.TryGetValue((id, type.ClrType), out object? cached) && cached is not null) values[id] = cached;
            else missing[id] = type;
        }

        foreach (var datum in atHand) Add(datum);
        if (missing.Count == 0) return values;

        foreach (var datum in (await store.FindDataAsync(missing.Keys, cancellationToken).ConfigureAwait(false)).Values) Add(datum);
        return values;

        void Add(Datum datum)
        {
            if (!missing.Remove(datum.Id, out var type)) return;

            values[datum.Id] = type.Decode(datum);
            Put(datum, type, values[datum.Id]);
        }
    }

    /// <summary>Keeps a value that was just made.</summary>
    public void Put(Datum datum, DataType type, object value) =>
        _values.Set((datum.Id, type.ClrType), value, new MemoryCacheEntryOptions { Size = 256 + datum.Value.Length });

    public void Dispose() => _values.Dispose();
}
