using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Filters;

/// <summary>The terms that the user took out: in JSON <c>{"imatinib": true}</c>. What stands there as false was put back.</summary>
public sealed class RemovedTerms(IReadOnlyDictionary<string, bool> terms) : IBareData<RemovedTerms, IReadOnlyDictionary<string, bool>>
{
    /// <summary>All terms that were touched, each with whether it is out.</summary>
    public IReadOnlyDictionary<string, bool> Terms { get; } = terms;

    IReadOnlyDictionary<string, bool> IBareData<RemovedTerms, IReadOnlyDictionary<string, bool>>.Bare => Terms;

    static RemovedTerms IBareData<RemovedTerms, IReadOnlyDictionary<string, bool>>.Of(IReadOnlyDictionary<string, bool> bare) => new(bare);
}
