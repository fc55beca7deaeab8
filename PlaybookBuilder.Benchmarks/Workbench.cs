using PlaybookBuilder.Benchmarks.Browsers;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks;

/// <summary>What every row needs: the published program, the yardsticks, one browser.</summary>
internal sealed class Workbench(string executable) : IAsyncDisposable
{
    public const string NoBrowser = "there is no Chromium on the PATH.";

    private Browser? _browser;

    /// <summary>Starts the published program.</summary>
    /// <param name="folder">Its working directory, where it keeps its data.</param>
    public Task<ServedProgram> StartAsync(TemporaryFolder folder, IReadOnlyDictionary<string, string>? settings = null) =>
        ServedProgram.StartAsync(executable, [], folder.Path, settings);

    public static Task<ServedProgram> StartAsync(YardstickKind kind, TemporaryFolder folder, IReadOnlyDictionary<string, string>? settings = null) =>
        ServedProgram.StartAsync(Environment.ProcessPath!, [YardstickProgram.Command, kind.ToString()], folder.Path, settings);

    /// <returns>Null where no Chromium is installed.</returns>
    public async Task<Browser?> FindBrowserAsync() => _browser ??= await Browser.FindAsync();

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
    }
}
