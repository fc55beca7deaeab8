using PlaybookBuilder.Core.Storage;
using static PlaybookBuilder.Tests.Storage.StorageReading;

namespace PlaybookBuilder.Tests.Storage;

/// <summary>What every storage behind a network says when its server refuses the caller: that, and about what, instead of that nothing is there.</summary>
public abstract class RefusalConformance
{
    [Fact]
    public async Task EveryCall_OfWhomTheServerRefuses_IsDeniedAndNamesTheBlob() => await AssertRefusesAsync(await CreateRefusingAsync());

    /// <summary>For tests of this suite too.</summary>
    internal static async Task AssertRefusesAsync(IStorage storage)
    {
        Func<Task>[] ofABlob = [() => storage.StatAsync("folder/blob"), () => storage.ReadAsync("folder/blob"), () => storage.ReadAsync("folder/blob", new ByteRange(1, 2))];
        Func<Task>[] ofAny = [() => storage.WriteAsync("folder/blob", Bytes(10)), () => storage.DeleteAsync(At("folder/blob"), CancellationToken.None)];
        foreach (var call in storage.Capabilities.Writable ? [.. ofABlob, .. ofAny] : ofABlob)
        {
            var error = await Assert.ThrowsAsync<StorageException>(call);
            Assert.True(error.Kind == StorageErrorKind.AccessDenied, error.ToString());
            Assert.False(error.IsRetryable);
            if (ofABlob.Contains(call)) Assert.Contains("'folder/blob'", error.Message, StringComparison.Ordinal);
        }

        if (storage.Capabilities.Listable) await AssertFailsAsync(StorageErrorKind.AccessDenied, () => storage.ListAsync());
    }

    /// <summary>A storage whose server refuses whoever asks.</summary>
    private protected abstract Task<IStorage> CreateRefusingAsync();
}
