using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Browser;

/// <summary>The published program as a process of its own, in a working directory that was empty before.</summary>
internal sealed partial class PublishedProgram : IAsyncDisposable
{
    private const string Missing = "The published program is missing: run ./test, or publish PlaybookBuilder.Web to out/published.";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private PublishedProgram(Process process, Uri address, ConcurrentQueue<string> output) => (_process, Address, Output) = (process, address, output);

    public Uri Address { get; }

    /// <summary>What it wrote on its console so far.</summary>
    public ConcurrentQueue<string> Output { get; }

    /// <summary>Starts the program on a port, or on any free one, and waits until it listens.</summary>
    /// <param name="command">What it is to do; serve, unless given.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="starter">A program with arguments that starts the one that is named after them.</param>
    public static async Task<PublishedProgram> StartAsync(TemporaryFolder folder, int port = 0, string? command = null, IReadOnlyDictionary<string, string>? settings = null, params string[] starter)
    {
        var program = Requirement.Need(Find(), Missing);
        string[] commands = command is null ? [] : [command];
        string[] line = [.. starter, program, .. commands, "--urls", $"http://127.0.0.1:{port}"];
        var start = new ProcessStartInfo(line[0], line[1..])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        try
        {
            var output = new ConcurrentQueue<string>();
            return new PublishedProgram(process, await ReadAddressAsync(process, output), output);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command of the program to its end.</summary>
    public static Task<ProgramRun> RunAsync(TemporaryFolder folder, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(Requirement.Need(Find(), Missing), arguments) { WorkingDirectory = folder.Path };
        foreach (var (name, value) in settings) start.Environment[name] = value;
        return ProgramRun.StartAsync(start);
    }

    /// <summary>Where the program is.</summary>
    public static string Executable => Requirement.Need(Find(), Missing);

    /// <summary>The number of the process.</summary>
    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Sends the program a signal, as in <c>kill -STOP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the program as a crash does, with no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends the program as an operator does, and waits until it has ended what it was at.</summary>
    public async Task StopAsync()
    {
        if (_process.HasExited) return;

        using var signal = Process.Start("/bin/sh", ["-c", $"kill -TERM {Id}"]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Longest);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static async Task<Uri> ReadAddressAsync(Process process, ConcurrentQueue<string> lines)
    {
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            if (await Task.WhenAny(address.Task, process.WaitForExitAsync(TestContext.Current.CancellationToken)).WaitAsync(Longest, TestContext.Current.CancellationToken) == address.Task) return await address.Task;

            throw new InvalidOperationException($"The program ended: {string.Join('\n', lines)}");
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"The program said no address: {string.Join('\n', lines)}");
        }

        void Read(string? line)
        {
            if (line is null) return;

            lines.Enqueue(line);
            if (Listening().Match(line) is { Success: true } match) address.TrySetResult(new Uri(match.Value));
        }
    }

    private static string? Find()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (!File.Exists(Path.Combine(directory.FullName, "PlaybookBuilder.slnx"))) continue;

            var path = Path.Combine(directory.FullName, "out", "published", "PlaybookBuilder.Web" + (OperatingSystem.IsWindows() ? ".exe" : ""));
            return File.Exists(path) ? path : null;
        }

        return null;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:[1-9]\d*")]
    private static partial Regex Listening();
}
