using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PlaybookBuilder.Benchmarks.Programs;

/// <summary>A web server in a process of its own, on a loopback port that it chose itself.</summary>
internal sealed partial class ServedProgram : IAsyncDisposable
{
    private const int LinesToKeep = 30;
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    /// <summary>Settings of the caller's shell that would make it another program than the one to be measured.</summary>
    private static readonly string[] ForeignSettings = ["DATABASE_URL", "UFS_STORAGE", "N_WORKERS", "PUBLIC_URL", "LANDING_PAGE", "AUTH_LOCAL_USER", "APP_SECRET", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "DOTNET_ENVIRONMENT"];

    private readonly Process _process;
    private readonly Queue<string> _lastLines = new();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    private ServedProgram(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _listening.TrySetException(new InvalidOperationException($"{start.FileName} ended before it listened:\n{LastLines()}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address => _listening.Task.Result;

    public bool HasExited => _process.HasExited;

    public TimeSpan Age => Stopwatch.GetElapsedTime(_startedAt);

    /// <summary>What of the program is in memory at this moment.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>What the program has computed so far, on all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts a program and returns as soon as it says that it listens.</summary>
    /// <param name="address">Where it is to listen; a port of its own choice, unless given.</param>
    public static async Task<ServedProgram> StartAsync(string file, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? settings = null, Uri? address = null)
    {
        var start = new ProcessStartInfo(file, [.. arguments, "--urls", address?.GetLeftPart(UriPartial.Authority) ?? "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in ForeignSettings) start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>()) start.Environment[name] = value;

        var program = new ServedProgram(start);
        await program._listening.Task.WaitAsync(LongestStart);
        return program;
    }

    /// <summary>Sends the program a signal, as in <c>kill -STOP</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The hard way, as <c>kill -9</c> does it: the program gets no chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>The same, and what it started goes on.</summary>
    public async Task KillAloneAsync()
    {
        _process.Kill(entireProcessTree: false);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null) return;

        lock (_lastLines)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > LinesToKeep) _lastLines.Dequeue();
        }

        if (!_listening.Task.IsCompleted && LoopbackAddress().Match(line) is { Success: true } match) _listening.TrySetResult(new Uri(match.Value));
    }

    private string LastLines()
    {
        lock (_lastLines) return string.Join('\n', _lastLines);
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex LoopbackAddress();
}
