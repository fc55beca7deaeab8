using PlaybookBuilder.Core.Storage;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage.Faults;

/// <summary>For each clause about reading, listing, deleting, copying and moving, a storage that breaks it.</summary>
internal static class ReadingFaults
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static Dictionary<string, Func<IStorage, IStorage>> All { get; } = new()
    {
        [nameof(StorageConformance.Stat_Missing_IsNull)] = storage => new FaultyStorage(storage) { OnStat = async path => await storage.StatAsync(path, None) ?? new BlobInfo(path, 0, DateTimeOffset.UtcNow) },
        [nameof(StorageConformance.Stat_Existing_TellsPathSizeAndTime)] = storage => new FaultyStorage(storage) { OnStat = async path => (await storage.StatAsync(path, None))! with { Size = 1 } },
        [nameof(StorageConformance.OpenRead_Missing_IsNotFound)] = GivesNothingForAnError,
        [nameof(StorageConformance.OpenRead_Range_IsThatPartCutAtTheEnd)] = IgnoresRanges,
        [nameof(StorageConformance.OpenRead_RangeFromPastTheEnd_IsRefused)] = GivesNothingForAnError,
        [nameof(StorageConformance.OpenRead_ReplacedAndDeletedMeanwhile_KeepsItsBytes)] = storage => new FaultyStorage(storage) { OnOpenRead = async (path, _) => new ReopeningStream(storage, path, (await storage.StatAsync(path, None))!.Size) },
        [nameof(StorageConformance.OpenRead_ByManyAtOnce_EachReadsItsOwnPlace)] = SharesOneStream,
        [nameof(StorageConformance.OpenRead_WhereDeclared_CanSeek)] = IgnoresRanges,
        [nameof(StorageConformance.List_Folder_HasAllBelowItAndNothingBeside)] = storage => Listing(storage, (folder, info) => info.Path.Value.StartsWith(folder?.Value ?? "", StringComparison.Ordinal)),
        [nameof(StorageConformance.List_NothingThere_IsEmpty)] = storage => Listing(storage, (_, _) => true),
        [nameof(StorageConformance.List_Blobs_AreDescribedAsByStat)] = storage => new FaultyStorage(storage) { OnList = folder => storage.ListAsync(folder, None).Select(info => info with { Size = 0 }) },
        [nameof(StorageConformance.List_MoreThanAPage_HasEachOnce)] = storage => new FaultyStorage(storage) { OnList = folder => storage.ListAsync(folder, None).Take(1_000) },
        [nameof(StorageConformance.Names_OfAnyKind_ComeBackAsTheyWere)] = storage => new FaultyStorage(storage) { OnList = folder => storage.ListAsync(folder, None).Select(info => info with { Path = At(Uri.UnescapeDataString(info.Path.Value)) }) },
        [nameof(StorageConformance.Names_OfFolders_ListWhatIsInThem)] = storage => Listing(storage, (folder, info) => info.Path.Value.StartsWith(folder?.Value ?? "", StringComparison.Ordinal)),
        [nameof(StorageConformance.Names_OfAnyKind_CanBeCopiedMovedAndDeleted)] = storage => new FaultyStorage(storage) { OnMove = (source, destination) => storage.MoveAsync(source, At(Uri.EscapeDataString(destination.Value)), None) },
        [nameof(StorageConformance.List_FolderInFolderInFolder_HasWhatIsAtTheBottom)] = storage => Listing(storage, (folder, info) => info.Path.IsWithin(folder) && info.Path.Value.Count(static letter => letter == '/') < 50),
        [nameof(StorageConformance.List_ManyFolders_HasEachOfTheirBlobsOnce)] = storage => new FaultyStorage(storage) { OnList = folder => storage.ListAsync(folder, None).Take(100) },
        [nameof(StorageConformance.List_LeftEarly_CanBeBegunAgain)] = ListsThreeTimesOnly,
        [nameof(StorageConformance.CopyAndMove_OfAnySize_KeepTheBytes)] = storage => new FaultyStorage(storage) { OnCopy = (_, destination) => storage.WriteAsync(destination.Value, []) },
        [nameof(StorageConformance.Copy_SourceDeletedAfterwards_StaysAsItWas)] = CopiesByName,
        [nameof(StorageConformance.Delete_Twice_IsNoError)] = storage => new FaultyStorage(storage) { OnDelete = async path => await (await storage.StatAsync(path, None) is null ? throw StorageException.NotFound(path) : storage.DeleteAsync(path, None)) },
        [nameof(StorageConformance.Delete_ByManyAtOnce_TakesOnlyWhatWasMeant)] = DeletesWhatBeginsTheSame,
        [nameof(StorageConformance.OpenRead_Empty_EndsAtOnce)] = storage => new FaultyStorage(storage) { OnOpenRead = (_, _) => Task.FromResult<Stream>(new MemoryStream(new byte[1])) },
        [nameof(StorageConformance.OpenRead_InPieces_IsTheSame)] = storage => new FaultyStorage(storage) { OnOpenRead = (path, _) => storage.OpenReadAsync(path, new ByteRange(1), None) },
        [nameof(StorageConformance.OpenRead_CancelledInTheMiddle_IsCancelled)] = storage => new FaultyStorage(storage) { OnOpenRead = async (path, range) => new DeafStream(await storage.OpenReadAsync(path, range, None)) },
        [nameof(StorageConformance.OpenRead_ManyLeftInTheMiddle_TakeNothingFromTheNext)] = OpensTenTimesOnly,
        [nameof(StorageConformance.OpenRead_ManyOpenAtOnce_EachReadsOn)] = OpensTenTimesOnly,
        [nameof(StorageConformance.Names_OfTheGreatestLength_AreKept)] = HasShortNamesOnly,
        [nameof(StorageConformance.Delete_Blob_IsGoneAndItsNeighbourNot)] = DeletesWhatBeginsTheSame,
        [nameof(StorageConformance.Delete_MissingOrFolder_ChangesNothing)] = DeletesWhatBeginsTheSame,
        [nameof(StorageConformance.Delete_LastOfAFolder_FreesTheFoldersName)] = storage => new FaultyStorage(storage) { OnDelete = path => storage.MoveAsync(path, At($"{path.Folder}/.keep"), None) },
        [nameof(StorageConformance.WriteAndDelete_OfOneFolderByMany_NeverFail)] = storage => new FaultyStorage(storage) { OnDelete = path => storage.MoveAsync(path, At($"{path}~"), None) },
        [nameof(StorageConformance.Copy_Blob_IsInBothPlaces)] = storage => new FaultyStorage(storage) { OnCopy = (source, destination) => storage.MoveAsync(source, destination, None) },
        [nameof(StorageConformance.Move_Blob_IsOnlyInTheNewPlace)] = storage => new FaultyStorage(storage) { OnMove = (source, destination) => storage.CopyAsync(source, destination, None) },
        [nameof(StorageConformance.Move_OntoItself_KeepsTheBlob)] = CopiesThenDeletes,
        [nameof(StorageConformance.CopyAndMove_OfMissing_AreNotFoundAndChangeNothing)] = ForgivesAMissingSource,
    };

    private static FaultyStorage IgnoresRanges(IStorage storage) => new(storage) { OnOpenRead = (path, _) => storage.OpenReadAsync(path, null, None) };

    private static FaultyStorage GivesNothingForAnError(IStorage storage) => new(storage)
    {
        OnOpenRead = async (path, range) =>
        {
            try
            {
                return await storage.OpenReadAsync(path, range, None);
            }
            catch (StorageException)
            {
                return Stream.Null;
            }
        },
    };

    private static FaultyStorage SharesOneStream(IStorage storage)
    {
        var shared = new Lazy<Task<Stream>>(() => storage.OpenReadAsync(At("blob"), null, None));
        return new(storage) { OnOpenRead = (_, _) => shared.Value };
    }

    private static FaultyStorage Listing(IStorage storage, Func<StoragePath?, BlobInfo, bool> isBelow) =>
        new(storage) { OnList = folder => storage.ListAsync(null, None).Where(info => isBelow(folder, info)) };

    private static FaultyStorage HasShortNamesOnly(IStorage storage) => new(storage)
    {
        OnBeginWrite = target => target.Name is { Length: > 200 } ? throw new StorageException(StorageErrorKind.InvalidPath, "too long") : storage.BeginWriteAsync(target, None),
    };

    private static FaultyStorage DeletesWhatBeginsTheSame(IStorage storage) => new(storage)
    {
        OnDelete = async path =>
        {
            foreach (var other in await storage.ListAsync())
            {
                if (other.StartsWith(path.Value, StringComparison.Ordinal))
                    await storage.DeleteAsync(At(other), None);
            }
        },
    };

    private static FaultyStorage OpensTenTimesOnly(IStorage storage)
    {
        var opened = 0;
        return new(storage) { OnOpenRead = (path, range) => Interlocked.Increment(ref opened) > 10 ? throw new StorageException(StorageErrorKind.Unavailable, "all connections are taken") : storage.OpenReadAsync(path, range, None) };
    }

    private static FaultyStorage ListsThreeTimesOnly(IStorage storage)
    {
        var listed = 0;
        return new(storage) { OnList = folder => storage.ListAsync(folder, None).Where(_ => listed < 3 && listed++ < 3) };
    }

    private static FaultyStorage CopiesByName(IStorage storage)
    {
        var names = new Dictionary<StoragePath, StoragePath>();
        return new(storage)
        {
            OnCopy = (source, destination) =>
            {
                names[destination] = source;
                return Task.CompletedTask;
            },
            OnOpenRead = (path, range) => storage.OpenReadAsync(names.GetValueOrDefault(path, path), range, None),
        };
    }

    private static FaultyStorage CopiesThenDeletes(IStorage storage) => new(storage)
    {
        OnMove = async (source, destination) =>
        {
            await storage.CopyAsync(source, destination, None);
            await storage.DeleteAsync(source, None);
        },
    };

    private static FaultyStorage ForgivesAMissingSource(IStorage storage) => new(storage)
    {
        OnCopy = async (source, destination) =>
        {
            if (await storage.StatAsync(source, None) is not null)
                await storage.CopyAsync(source, destination, None);
        },
    };
}
