using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using PlaybookBuilder.Core.Cavatica.Sessions;

namespace PlaybookBuilder.Core.Cavatica.Launchers;

/// <summary>Starts workers on this machine, as children of this program: for development, and for trying sessions without a platform.</summary>
internal sealed class LocalLauncher : ISessionLauncher
{
    public const string LauncherName = "local";

    public string Name => LauncherName;

    public bool NeedsProject => false;

    public TimeSpan Pause => TimeSpan.Zero;

    public Task<string> LaunchAsync(SessionLaunch launch, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true };
        // Where the program is started by dotnet itself, the program is its first argument.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        start.ArgumentList.Add("session");
        // Not as an argument, which everybody on the machine can read.
        start.ArgumentList.Add("-");
        try
        {
            var process = Process.Start(start) ?? throw new LaunchException("The worker did not start.");
            process.StandardInput.WriteLine(launch.Settings.ToJson());
            process.StandardInput.Close();
            return Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"{process.Id} {StartOf(process)}"));
        }
        catch (Win32Exception exception)
        {
            throw new LaunchException($"The worker did not start: {exception.Message}", exception);
        }
    }

    public Task<LaunchedState> ReadAsync(Guid userId, string runId, CancellationToken cancellationToken)
    {
        using var process = Find(runId);
        return Task.FromResult(process is null ? new LaunchedState(ProxySessionState.Closed) : new LaunchedState(ProxySessionState.Started));
    }

    public Task CancelAsync(Guid userId, string runId, CancellationToken cancellationToken)
    {
        using var process = Find(runId);
        process?.Kill(entireProcessTree: true);
        return Task.CompletedTask;
    }

    // What a process is there for is not to be seen from outside.
    public Task<IReadOnlyList<LaunchedRun>> ListAsync(Guid userId, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LaunchedRun>>([]);

    // Numbers of processes are used again.
    private static Process? Find(string runId)
    {
        var parts = runId.Split(' ');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var start)) return null;

        try
        {
            var process = Process.GetProcessById(id);
            if (!process.HasExited && Math.Abs(StartOf(process) - start) <= 1) return process;

            process.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            // It ended between two looks.
            return null;
        }
    }

    // It is reckoned from the machine's start, and differs by a little with each look.
    private static long StartOf(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();
}
