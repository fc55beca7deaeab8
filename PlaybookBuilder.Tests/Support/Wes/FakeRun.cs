using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace PlaybookBuilder.Tests.Support.Wes;

/// <summary>A run of the fake service: a process, or without an executable something that ends when the test says so.</summary>
internal sealed class FakeRun : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private readonly Queue<string> _told = [];
    private readonly TaskCompletionSource<int> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;
    private bool _isCancelled;

    public required string Id { get; init; }

    public required string Token { get; init; }

    public required JsonObject Request { get; init; }

    public required JsonObject Tags { get; init; }

    /// <summary>The image that would have been started.</summary>
    public required string Image { get; init; }

    /// <summary>The words after the image.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    public string? SystemError { get; private set; }

    /// <summary>The exit code, once there is one.</summary>
    public Task<int> Ended => _ended.Task;

    public int? ProcessId => _process?.Id;

    /// <summary>All that the process wrote.</summary>
    public string Output
    {
        get { lock (_output) return _output.ToString(); }
    }

    /// <summary>States that the service tells one by one, each once, before the true one.</summary>
    public void Tell(IEnumerable<string> states)
    {
        lock (_told)
        {
            foreach (var state in states) _told.Enqueue(state);
        }
    }

    public string NextState()
    {
        lock (_told)
        {
            if (_told.TryDequeue(out var told)) return told;
        }

        if (SystemError is not null) return "SYSTEM_ERROR";
        if (!_ended.Task.IsCompleted) return _isCancelled ? "CANCELING" : "RUNNING";
        if (_isCancelled) return "CANCELED";
        return _ended.Task.Result == 0 ? "COMPLETE" : "EXECUTOR_ERROR";
    }

    /// <param name="executable">Stands for the program in the image.</param>
    public void Start(string executable, IReadOnlyList<string> firstArguments, IReadOnlyDictionary<string, string> environment)
    {
        // A path is one in the image; a word is an argument of its entry point.
        var arguments = Command[0].StartsWith('/') ? Command.Skip(1) : Command;
        var start = new ProcessStartInfo(executable, [.. firstArguments, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        try
        {
            var process = new Process { StartInfo = start, EnableRaisingEvents = true };
            process.OutputDataReceived += (_, line) => Note(line.Data);
            process.ErrorDataReceived += (_, line) => Note(line.Data);
            process.Exited += (_, _) => _ended.TrySetResult(process.ExitCode);
            process.Start();
            process.StandardInput.Close();
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            _process = process;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            SystemError = error.Message;
        }
    }

    /// <summary>Without a process: it ends now.</summary>
    public void End(int exitCode) => _ended.TrySetResult(exitCode);

    public void Cancel()
    {
        if (_ended.Task.IsCompleted) return;

        _isCancelled = true;
        if (_process is { } process)
            Kill(process);
        else
            _ended.TrySetResult(137);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process) return;

        Kill(process);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public JsonObject ToJson() => new()
    {
        ["run_id"] = Id,
        ["request"] = Request.DeepClone(),
        ["state"] = NextState(),
        ["run_log"] = ToLog(),
        ["outputs"] = new JsonObject(),
    };

    private JsonObject ToLog()
    {
        var log = new JsonObject { ["name"] = "worker", ["cmd"] = new JsonArray([.. Command.Select(static word => (JsonNode)word)]) };
        if (_ended.Task.IsCompleted) log["exit_code"] = _ended.Task.Result;
        if (SystemError is not null) log["system_logs"] = new JsonArray(SystemError);
        return log;
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private void Note(string? line)
    {
        if (line is null) return;

        lock (_output) _output.AppendLine(line);
    }
}
