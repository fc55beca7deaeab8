using System.Diagnostics;
using PlaybookBuilder.Benchmarks.Browsers;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks;

/// <summary>What every row needs: the published program, the yardsticks, one browser.</summary>
internal sealed class Workbench(string executable) : IAsyncDisposable
{
    public const string NoBrowser = "there is no Chromium on the PATH.";
    public const string NoPostgres = "PostgreSQL is not installed.";

    private Browser? _browser;

    /// <summary>Starts the published program.</summary>
    /// <param name="folder">Its working directory, where it keeps its data.</param>
    /// <param name="command">What it is to do; serve, unless given.</param>
    /// <param name="address">Where it is to listen; a port of its own choice, unless given.</param>
    public Task<ServedProgram> StartAsync(TemporaryFolder folder, IReadOnlyDictionary<string, string>? settings = null, string[]? command = null, Uri? address = null) =>
        ServedProgram.StartAsync(executable, command ?? [], folder.Path, settings, address);

    /// <summary>Runs a command of the published program to its end.</summary>
    public async Task RunAsync(string[] command, TemporaryFolder folder, IReadOnlyDictionary<string, string> settings)
    {
        var start = new ProcessStartInfo(executable, command) { WorkingDirectory = folder.Path };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"'{string.Join(' ', command)}' ended with {process.ExitCode}.");
    }

    public static Task<ServedProgram> StartAsync(YardstickKind kind, TemporaryFolder folder, IReadOnlyDictionary<string, string>? settings = null) =>
        ServedProgram.StartAsync(Environment.ProcessPath!, [YardstickProgram.Command, kind.ToString()], folder.Path, settings);

    /// <returns>Null where no Chromium is installed.</returns>
    public async Task<Browser?> FindBrowserAsync() => _browser ??= await Browser.FindAsync();

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
    }
}
