using PlaybookBuilder.Core.Storage;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Faults;

/// <summary>For each clause about writing, a storage that breaks it.</summary>
internal static class WritingFaults
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static Dictionary<string, Func<IStorage, IStorage>> All { get; } = new()
    {
        [nameof(StorageConformance.Write_Committed_ReadsBackEqual)] = LosesTheLastByteOfAPiece,
        [nameof(StorageConformance.Write_InUnevenPieces_ReadsBackInOrder)] = LosesTheLastByteOfAPiece,
        [nameof(StorageConformance.Write_BeforeCommit_IsInvisible)] = ShowsAnEmptyBlobAtOnce,
        [nameof(StorageConformance.Write_DisposedWithoutCommit_LeavesWhatWasThere)] = CommitsWhenDisposedOf,
        [nameof(StorageConformance.Commit_NameKnownLast_AppearsUnderThatName)] = storage => Pending(storage, (target, inner) => new(target, inner) { OnCommit = _ => inner.CommitAsync(At("folder/untitled"), None) }),
        [nameof(StorageConformance.Commit_OverAnother_ReplacesItWhole)] = KeepsTheFirst,
        [nameof(StorageConformance.Commit_ElsewhereThanBegun_IsRefused)] = storage => new FaultyStorage(storage) { OnBeginWrite = target => storage.BeginWriteAsync(WriteTarget.Within(target.Folder), None) },
        [nameof(StorageConformance.Commit_ByManyAtOnce_LeavesOneOfThemWhole)] = KeepsEveryVersionBeside,
        [nameof(StorageConformance.Write_BelowABlob_IsRefusedOrKeepsBoth)] = DeletesTheBlobAbove,
        [nameof(StorageConformance.Write_OverAFolder_IsRefusedOrKeepsBoth)] = DeletesTheFolderBelow,
        [nameof(StorageConformance.Write_Cancelled_LeavesWhatWasThere)] = CommitsWhenDisposedOf,
        [nameof(StorageConformance.Commit_Cancelled_LeavesWhatWasThere)] = CommitsWhenDisposedOf,
        [nameof(StorageConformance.Write_OfASourceThatFails_LeavesWhatWasThere)] = CommitsWhenDisposedOf,
        [nameof(StorageConformance.Commit_NameKnownLast_HasAllItsBytes)] = LosesTheLastByteOfAPiece,
        [nameof(StorageConformance.Write_ByteByByte_ReadsBackInOrder)] = LosesTheLastByteOfAPiece,
        [nameof(StorageConformance.Write_EmptyPieces_AddNothing)] = storage => Pending(storage, (target, inner) => new(target, inner) { OnWrite = bytes => bytes.IsEmpty ? new byte[1] : bytes }),
        [nameof(StorageConformance.Write_ManyDifferentAtOnce_AllAreThere)] = LosesTheLastByteOfAPiece,
        [nameof(StorageConformance.Write_ByTurns_KeepsEachApart)] = LosesTheLastByteOfAPiece,
        [nameof(StorageConformance.Commit_WhileItIsRead_ShowsOneOrTheOther)] = LosesTheLastByteOfAPiece,
        [nameof(StorageConformance.Write_ThenRead_IsTheNewOneEachTime)] = KeepsTheFirst,
        [nameof(StorageConformance.Write_AfterADelete_IsThereAgain)] = RemembersWhatWasDeleted,
        [nameof(StorageConformance.RemoveAbandonedWrites_AWriteInProgress_CanStillCommit)] = AbandonsWhatIsInProgress,
        [nameof(StorageConformance.RemoveAbandonedWrites_Committed_AreKept)] = RemovesCommittedBlobsToo,
        [nameof(StorageConformance.EveryCall_WithACancelledToken_IsCancelledAndChangesNothing)] = storage => new FaultyStorage(storage) { OnDelete = path => storage.DeleteAsync(path, None) },
        [nameof(StorageConformance.SignReadUrl_AsDeclared_WorksOrIsUnsupported)] = storage => new FaultyStorage(storage) { OnSign = _ => Task.FromResult(new Uri("http://localhost/")) },
    };

    private static FaultyStorage Pending(IStorage storage, Func<WriteTarget, PendingBlob, FaultyPendingBlob> wrap) =>
        new(storage) { OnBeginWrite = async target => wrap(target, await storage.BeginWriteAsync(WriteTarget.Within(target.Folder), None)) };

    private static FaultyStorage LosesTheLastByteOfAPiece(IStorage storage) =>
        Pending(storage, (target, inner) => new(target, inner) { OnWrite = bytes => bytes.IsEmpty ? bytes : bytes[..^1] });

    private static FaultyStorage ShowsAnEmptyBlobAtOnce(IStorage storage) => new(storage)
    {
        OnBeginWrite = async target =>
        {
            await storage.WriteAsync("folder/blob", []);
            return await storage.BeginWriteAsync(target, None);
        },
    };

    private static FaultyStorage CommitsWhenDisposedOf(IStorage storage) =>
        Pending(storage, (target, inner) => new(target, inner) { OnAbort = () => inner.CommitAsync(At(target.Name!), None) });

    private static FaultyStorage RemembersWhatWasDeleted(IStorage storage)
    {
        var deleted = new HashSet<StoragePath>();
        return new(storage)
        {
            OnDelete = path =>
            {
                deleted.Add(path);
                return storage.DeleteAsync(path, None);
            },
            OnStat = path => deleted.Contains(path) ? Task.FromResult<BlobInfo?>(null) : storage.StatAsync(path, None),
        };
    }

    private static FaultyStorage KeepsTheFirst(IStorage storage) => Pending(storage, (target, inner) => new(target, inner)
    {
        OnCommit = async path => await storage.StatAsync(path, None) ?? await inner.CommitAsync(path, None),
    });

    private static FaultyStorage KeepsEveryVersionBeside(IStorage storage) => Pending(storage, (target, inner) => new(target, inner)
    {
        OnCommit = async path =>
        {
            var info = await inner.CommitAsync(path, None);
            await storage.CopyAsync(path, At($"{path}.{Guid.NewGuid()}"), None);
            return info;
        },
    });

    private static FaultyStorage DeletesTheBlobAbove(IStorage storage) => new(storage)
    {
        OnBeginWrite = async target =>
        {
            if (target.Folder is { } folder)
                await storage.DeleteAsync(folder, None);

            return await storage.BeginWriteAsync(target, None);
        },
    };

    private static FaultyStorage DeletesTheFolderBelow(IStorage storage) => new(storage)
    {
        OnBeginWrite = async target =>
        {
            foreach (var below in await storage.ListAsync(target.Name))
                await storage.DeleteAsync(At(below), None);

            return await storage.BeginWriteAsync(target, None);
        },
    };

    private static FaultyStorage AbandonsWhatIsInProgress(IStorage storage)
    {
        var inProgress = new List<PendingBlob>();
        return new(storage)
        {
            OnBeginWrite = async target =>
            {
                var inner = await storage.BeginWriteAsync(target, None);
                inProgress.Add(inner);
                return new FaultyPendingBlob(target, inner);
            },
            OnRemoveAbandoned = async _ =>
            {
                foreach (var pending in inProgress)
                    await pending.DisposeAsync();

                return inProgress.Count;
            },
        };
    }

    private static FaultyStorage RemovesCommittedBlobsToo(IStorage storage) => new(storage)
    {
        OnRemoveAbandoned = async _ =>
        {
            var all = await storage.ListAsync();
            foreach (var path in all)
                await storage.DeleteAsync(At(path), None);

            return all.Count;
        },
    };
}
