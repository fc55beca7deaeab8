using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>How soon it is noticed that one end of a tunnel is gone, and how soon all works again.</summary>
internal sealed class SessionFaultsRow : IRow
{
    private const int Repetitions = 3;
    private const string Path = "/ga4gh/drs/v1/service-info";
    private static readonly TimeSpan TimeToArrive = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(20);

    public string Name => "session-faults";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        var (answered, shown, gone, again, started, frozen) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            var killed = await KillWorkerAsync(bench);
            answered.Add(killed.Answered);
            shown.Add(killed.Shown);
            gone.Add(killed.Gone);
            var restarted = await RestartAsync(bench);
            again.Add(restarted.Again);
            started.Add(restarted.Started);
            frozen.Add(await FreezeWorkerAsync(bench));
        }

        return
        [
            new()
            {
                What = "session's worker killed: the request that runs is answered (502) after",
                Claims = [Claim.AtMost(Quantity.Seconds(1), answered.Median()), Claim.AtMost(Quantity.Seconds(15), shown.Median()).Named("the session shows it after")],
                Yardstick = new(Quantity.Seconds(gone.Median()), answered.Median(), "until the system says that the process is gone."),
                Reference = "hangs",
                Note = $"An upload that is under way; medians of {Repetitions}, slowest {answered.Max():0.000} s.",
            },
            new()
            {
                What = "public replica killed and started again: the session is usable after",
                Claims = [Claim.AtMost(Quantity.Seconds(5), again.Median())],
                Yardstick = new(Quantity.Seconds(started.Median()), again.Median(), "until the replica itself listens again."),
                Reference = "lost for good",
                Note = $"From the kill, the program's own start included; median of {Repetitions}, slowest {again.Max():0.0} s.",
            },
            new()
            {
                What = "a tunnel from which nothing comes is noticed after",
                Claims = [Claim.AtMost(Quantity.Seconds(25), frozen.Median())],
                Reference = "-",
                Note = $"It has no yardstick and counts as unmeasured. By design it takes 20 s: 10 s until a ping, 10 s for its answer. The worker is stopped (SIGSTOP), its connection stays open; median of {Repetitions}, slowest {frozen.Max():0.0} s.",
            },
        ];
    }

    private static async Task<(double Answered, double Shown, double Gone)> KillWorkerAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        await using var session = await MeasuredSession.StartAsync(bench, folder);
        using var worker = await session.FindWorkerAsync();
        using var upload = await BeginUploadAsync(session);
        await Task.Delay(TimeToArrive);
        var start = Stopwatch.GetTimestamp();
        worker.Kill();
        await worker.WaitForExitAsync();
        var gone = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var line = new byte[64];
        var read = await upload.ReceiveAsync(line);
        var after = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (!Encoding.ASCII.GetString(line, 0, read).StartsWith("HTTP/1.1 502 ", StringComparison.Ordinal)) throw new InvalidDataException($"The request was answered {Encoding.ASCII.GetString(line, 0, read)}.");

        await session.UntilAsync(static status => status["ended"] is not null || status["lost"] is not null);
        return (after, Stopwatch.GetElapsedTime(start).TotalSeconds, gone);
    }

    /// <summary>Sends the beginning of a form, whose end the worker waits for.</summary>
    private static async Task<Socket> BeginUploadAsync(MeasuredSession session)
    {
        const string Beginning = "--form\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n\r\nbytes";
        var address = session.Program.Address;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(address.Host, address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST {session.Prefix}{PlaybookApi.Upload} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: multipart/form-data; boundary=form\r\nContent-Length: 1000000\r\n\r\n{Beginning}"));
        return socket;
    }

    private static async Task<(double Again, double Started)> RestartAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        await using var session = await MeasuredSession.StartAsync(bench, folder);
        var start = Stopwatch.GetTimestamp();
        await session.RestartProgramAsync();
        var started = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var client = new HttpClient { BaseAddress = session.Program.Address };
        while (true)
        {
            using var answer = await client.GetAsync(session.Prefix + Path);
            if (answer.IsSuccessStatusCode) return (Stopwatch.GetElapsedTime(start).TotalSeconds, started);

            await Task.Delay(BetweenTries);
        }
    }

    private static async Task<double> FreezeWorkerAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        await using var session = await MeasuredSession.StartAsync(bench, folder);
        using var worker = await session.FindWorkerAsync();
        var start = Stopwatch.GetTimestamp();
        using (var stop = Process.Start("kill", ["-STOP", $"{worker.Id}"])) await stop.WaitForExitAsync();
        await session.UntilAsync(static status => status["lost"] is not null);
        var noticed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using (var go = Process.Start("kill", ["-CONT", $"{worker.Id}"])) await go.WaitForExitAsync();
        return noticed;
    }
}
