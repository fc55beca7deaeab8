using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Web.Components.Files;

namespace PlaybookBuilder.Tests.Components.Files;

public sealed class FileTakingTests
{
    [Theory]
    [InlineData(StorageErrorKind.Unavailable, "Try again in a moment.")]
    [InlineData(StorageErrorKind.AccessDenied, "The file could not be copied: It is closed.")]
    [InlineData(StorageErrorKind.Failed, "The file could not be copied: It is closed.")]
    public async Task Storage_ThatFails_IsSaid(StorageErrorKind kind, string problem)
    {
        using var taking = new FileTaking(TimeProvider.System, static () => { });

        Assert.Null(await taking.RunAsync((_, _) => throw new StorageException(kind, "It is closed.")));

        Assert.Contains(problem, taking.Problem);
        Assert.False(taking.IsUnderWay);
    }
}
