using System.Diagnostics;
using System.Net;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>How soon it is noticed that one end of a tunnel is gone, and how soon all works again.</summary>
internal sealed class SessionFaultsRow : IRow
{
    private const int Repetitions = 3;
    private const string Path = "/ga4gh/drs/v1/service-info";
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
                Yardstick = new(Quantity.Seconds(20), frozen.Median(), "a ping after 10 s and 10 s for its answer, as the design has it."),
                Reference = "-",
                Note = $"The worker is stopped (SIGSTOP), its connection stays open; median of {Repetitions}, slowest {frozen.Max():0.0} s.",
            },
        ];
    }

    private static async Task<(double Answered, double Shown, double Gone)> KillWorkerAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        await using var session = await MeasuredSession.StartAsync(bench, folder);
        using var worker = await session.FindWorkerAsync();
        using var client = new HttpClient { BaseAddress = session.Program.Address };
        using var body = new EndlessStream();
        using var form = new MultipartFormDataContent { { new StreamContent(body), "file", "endless.bin" } };
        var answer = client.PostAsync(session.Prefix + PlaybookApi.Upload, form);
        await body.Begun;
        var start = Stopwatch.GetTimestamp();
        worker.Kill();
        await worker.WaitForExitAsync();
        var gone = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var answered = await answer;
        var after = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (answered.StatusCode != HttpStatusCode.BadGateway) throw new InvalidDataException($"The request was answered {(int)answered.StatusCode}.");

        await session.UntilAsync(static status => status["ended"] is not null || status["lost"] is not null);
        return (after, Stopwatch.GetElapsedTime(start).TotalSeconds, gone);
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

    /// <summary>Gives a little now and then, and never ends.</summary>
    private sealed class EndlessStream : Stream
    {
        private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _reads;

        public Task Begun => _begun.Task;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Pause, cancellationToken);
            if (++_reads == 10) _begun.TrySetResult();
            return Math.Min(buffer.Length, 4096);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
