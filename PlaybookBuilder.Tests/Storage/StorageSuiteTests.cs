using System.Reflection;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Memory;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.Retry;
using PlaybookBuilder.Tests.Storage.Faults;

namespace PlaybookBuilder.Tests.Storage;

/// <summary>Tests of the suite itself: it covers every provider, passes over a sound storage, and each of its clauses fails on a storage that breaks it.</summary>
public sealed class StorageSuiteTests
{
    private static readonly Dictionary<string, Func<IStorage, IStorage>> Faults = new(WritingFaults.All.Concat(ReadingFaults.All));

    public static TheoryData<string> Clauses => [.. ClauseMethods.Select(method => method.Name)];

    private static IEnumerable<MethodInfo> ClauseMethods => typeof(StorageConformance).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null);

    [Theory]
    [MemberData(nameof(Clauses))]
    public async Task Clause_OverAStorageThatBreaksIt_Fails(string clause)
    {
        Assert.True(Faults.TryGetValue(clause, out var broken), $"No storage breaks '{clause}': nothing shows that the clause can fail.");

        Assert.NotEmpty(await FailuresAsync(clause, broken));
    }

    [Theory]
    [MemberData(nameof(Clauses))]
    public async Task Clause_OverTheSameStorageUnbroken_Passes(string clause) => Assert.Empty(await FailuresAsync(clause, storage => new FaultyStorage(storage)));

    [Fact]
    public void Faults_AreAllForAClause() => Assert.Empty(Faults.Keys.Except(ClauseMethods.Select(method => method.Name)));

    [Fact]
    public void Providers_AllHaveASuite()
    {
        var providers = typeof(IStorage).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IStorage))).ToList();

        Assert.NotEmpty(providers);
        Assert.Empty(WithoutSuite(providers));
    }

    [Fact]
    public void Providers_OneWithoutASuite_IsNoticed() => Assert.Equal([typeof(FaultyStorage)], WithoutSuite([typeof(FaultyStorage), typeof(MemoryStorage)]));

    [Fact]
    public void Providers_BehindANetwork_AllHaveASuiteOfRefusals()
    {
        var providers = typeof(IStorage).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RemoteReadStream)) && type != typeof(RetryReadStream)).Select(type => type.Namespace!.Split('.')[^1]).ToList();
        var suites = typeof(RefusalConformance).Assembly.GetTypes().Where(type => type is { IsPublic: true } && type.IsSubclassOf(typeof(RefusalConformance))).Select(type => type.Name);

        Assert.NotEmpty(providers);
        Assert.Empty(providers.Select(provider => $"{provider}StorageRefusals").Except(suites));
    }

    [Fact]
    public async Task Refusals_OverAStorageThatSaysNothingOrMissing_AreNoticed()
    {
        var refusing = new RefusingStorage();
        Assert.Null(await Record.ExceptionAsync(() => RefusalConformance.AssertRefusesAsync(refusing)));

        IStorage[] broken =
        [
            new FaultyStorage(refusing) { OnStat = static _ => Task.FromResult<BlobInfo?>(null) },
            new FaultyStorage(refusing) { OnOpenRead = static (path, _) => throw StorageException.NotFound(path) },
            new FaultyStorage(refusing) { OnDelete = static _ => Task.CompletedTask },
            new FaultyStorage(refusing) { OnList = static _ => AsyncEnumerable.Empty<BlobInfo>() },
            new FaultyStorage(refusing) { OnBeginWrite = static _ => throw new StorageException(StorageErrorKind.Unavailable, "later") },
            new FaultyStorage(refusing) { OnStat = static _ => throw new StorageException(StorageErrorKind.AccessDenied, "no") },
        ];
        foreach (var storage in broken)
            Assert.NotNull(await Record.ExceptionAsync(() => RefusalConformance.AssertRefusesAsync(storage)));
    }

    private static IEnumerable<Type> WithoutSuite(IEnumerable<Type> providers)
    {
        var suites = typeof(StorageConformance).Assembly.GetTypes().Where(type => type is { IsPublic: true, IsAbstract: false } && (type.IsSubclassOf(typeof(StorageConformance)) || type.IsSubclassOf(typeof(ReadOnlyConformance)))).Select(type => type.Name).ToHashSet();
        return providers.Where(provider => !suites.Contains($"{provider.Name}Conformance"));
    }

    /// <summary>Runs a clause with each of its rows over a fresh storage.</summary>
    private static async Task<List<Exception>> FailuresAsync(string clause, Func<IStorage, IStorage> wrap)
    {
        var method = ClauseMethods.Single(method => method.Name == clause);
        var rows = method.GetCustomAttributes<InlineDataAttribute>().Select(row => row.Data).DefaultIfEmpty([]);
        var failures = new List<Exception>();
        foreach (var row in rows)
        {
            if (await Record.ExceptionAsync(() => RunAsync(method, row, wrap)) is { } failure)
                failures.Add(failure);
        }

        return failures;
    }

    private static Task RunAsync(MethodInfo clause, object?[] row, Func<IStorage, IStorage> wrap)
    {
        var arguments = clause.GetParameters().Zip(row, (parameter, value) => value is int number && parameter.ParameterType == typeof(long) ? (long)number : value).ToArray();
        return (Task)clause.Invoke(new SuiteOver(wrap(new MemoryStorage(TimeProvider.System))), arguments)!;
    }

    private sealed class SuiteOver(IStorage storage) : StorageConformance
    {
        protected override IStorage Create() => storage;
    }
}
