using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PlaybookBuilder.Core.Cavatica.Work;
using PlaybookBuilder.Core.Storage.Local;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Components.Sessions;

namespace PlaybookBuilder.Tests.Components.Sessions;

public sealed class UnsavedWorkNoticeTests : BunitContext
{
    [Fact]
    public void Render_OutsideASession_IsNothing() => Assert.Empty(Render<UnsavedWorkNotice>().Markup);

    [Fact]
    public async Task Problem_IsShown_UntilItIsMended()
    {
        using var folder = new TemporaryFolder();
        await using var engine = await EngineHost.StartAsync(workers: 0);
        // A file stands where the folder is to be.
        var obstacle = Path.Combine(folder.Path, WorkFolder.FolderName);
        await File.WriteAllTextAsync(obstacle, "", Xunit.TestContext.Current.CancellationToken);
        using var keeper = new WorkKeeper(new WorkFolder(new LocalStorage(folder.Path)), engine.Engine, TimeProvider.System, NullLogger<WorkKeeper>.Instance);
        Services.AddSingleton(keeper);
        var notice = Render<UnsavedWorkNotice>();
        Assert.Empty(notice.Markup);

        keeper.Offer(Support.Playbooks.Chain(2));
        Assert.False(await keeper.FlushAsync(TimeSpan.FromMilliseconds(500), CancellationToken.None));

        notice.WaitForAssertion(() => Assert.Contains("not saved in the project yet", notice.Markup, StringComparison.Ordinal));
        File.Delete(obstacle);
        Assert.True(await keeper.FlushAsync(EngineHost.Patience, CancellationToken.None));
        notice.WaitForAssertion(() => Assert.Empty(notice.Markup));
    }
}
