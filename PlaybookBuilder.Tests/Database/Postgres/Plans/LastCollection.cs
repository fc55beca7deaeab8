using PlaybookBuilder.Tests.Database.Postgres.Plans;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LastCollectionOrderer))]

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>Tests that look at what all others did.</summary>
[CollectionDefinition(nameof(LastCollection), DisableParallelization = true)]
public sealed class LastCollection;

/// <summary>Keeps the order, but for <see cref="LastCollection"/>, which comes last.</summary>
public sealed class LastCollectionOrderer : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : Xunit.Sdk.ITestCollection =>
        [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName == nameof(LastCollection))];
}
