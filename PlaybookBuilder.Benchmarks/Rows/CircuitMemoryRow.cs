using System.Diagnostics;
using PlaybookBuilder.Benchmarks.Browsers;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Probe;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>What a visitor's open page holds on the server, and whether it is let go of.</summary>
internal sealed class CircuitMemoryRow : IRow
{
    private const int Steps = 20;
    private const int OpenAtOnce = 20;
    private const int Visits = 500;
    private const int Tabs = 4;
    private const double BytesAKilobyte = 1e3;
    private const double BytesAMegabyte = 1e6;

    /// <summary>What of the heap at the start may be there at the end: pools and caches breathe.</summary>
    private const double BackToStart = 1.05;

    /// <summary>A circuit whose browser could not say that it left is kept for three minutes.</summary>
    private static readonly TimeSpan LongestRetention = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    private static readonly string WhatOfOne = $"memory of a circuit on a {Steps}-step playbook";
    private static readonly string WhatOfMany = $"memory after {Visits} circuits came and went";

    public string Name => "circuits";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        if (await bench.FindBrowserAsync() is not { } browser) return [Measurement.Unmeasured(WhatOfOne, Workbench.NoBrowser), Measurement.Unmeasured(WhatOfMany, Workbench.NoBrowser)];

        var plain = await MeasureYardstickAsync(browser);
        var real = await MeasureProgramAsync(bench, browser);
        return [DescribeOne(real, plain), DescribeMany(real, plain)];
    }

    private static async Task<Heap> MeasureYardstickAsync(Browser browser)
    {
        using var folder = new TemporaryFolder();
        var probe = new HeapProbe(folder.Path);
        await using var yardstick = await Workbench.StartAsync(YardstickKind.Circuits, folder, probe.Settings);
        return await MeasureAsync(browser, new Uri(yardstick.Address, CircuitsYardstick.PagePath), probe);
    }

    private static async Task<Heap> MeasureProgramAsync(Workbench bench, Browser browser)
    {
        using var folder = new TemporaryFolder();
        var probe = new HeapProbe(folder.Path);
        await using var program = await bench.StartAsync(folder, probe.Settings);
        using var client = new LoadClient(program.Address);
        var id = LoadClient.ReadId(await client.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.Chain(0, Steps)));
        await Outputs.GetAsync(client, id, PlaybookDocuments.FirstGene(0));
        return await MeasureAsync(browser, new Uri(program.Address, PlaybookApi.Page(id)), probe);
    }

    private static async Task<Heap> MeasureAsync(Browser browser, Uri address, HeapProbe probe)
    {
        // The first visits fill what is kept for all: compiled code, caches of types, pools.
        await VisitAsync(browser, address, OpenAtOnce);
        var atStart = await ReadSettledAsync(probe);
        double open;
        await using (var visitor = await browser.NewVisitorAsync())
        {
            for (var tab = 0; tab < OpenAtOnce; tab++) await Circuit.OpenAsync(await visitor.NewPageAsync(), address);
            open = await ReadSettledAsync(probe);
            foreach (var page in visitor.Pages) await Circuit.LeaveAsync(page);
        }

        await VisitAsync(browser, address, Visits);
        return new(atStart, (open - atStart) / OpenAtOnce, await ReadWhenBackAsync(probe, atStart));
    }

    /// <summary>Circuits that come and go, a few at a time.</summary>
    private static async Task VisitAsync(Browser browser, Uri address, int visits)
    {
        await using var visitor = await browser.NewVisitorAsync();
        var left = visits;
        await Task.WhenAll(Enumerable.Range(0, Tabs).Select(async _ =>
        {
            var page = await visitor.NewPageAsync();
            while (Interlocked.Decrement(ref left) >= 0)
            {
                await Circuit.OpenAsync(page, address);
                await Circuit.LeaveAsync(page);
            }
        }));
    }

    private static async Task<double> ReadSettledAsync(HeapProbe probe)
    {
        await Task.Delay(Settling);
        return await probe.ReadBytesAsync();
    }

    private static async Task<double> ReadWhenBackAsync(HeapProbe probe, double atStart)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            var heap = await ReadSettledAsync(probe);
            if (heap <= atStart * BackToStart || Stopwatch.GetElapsedTime(since) > LongestRetention) return heap;
        }
    }

    private static Measurement DescribeOne(Heap real, Heap plain) => new()
    {
        What = WhatOfOne,
        Claims = [Claim.AtMost(Quantity.Kilobytes(500), real.OfOneCircuit / BytesAKilobyte)],
        Yardstick = new(Quantity.Kilobytes(plain.OfOneCircuit / BytesAKilobyte), real.OfOneCircuit / BytesAKilobyte, "the same with a Blazor Server page of one word."),
        Reference = "-",
        Note = $"Managed heap after full collections with {OpenAtOnce} tabs open in Chromium, less that with none, over {OpenAtOnce}.",
    };

    private static Measurement DescribeMany(Heap real, Heap plain) => new()
    {
        What = WhatOfMany,
        Claims = [Claim.AtMost(new(BackToStart * 100, "% of the start"), real.ShareAfter * 100)],
        Yardstick = new(new(plain.ShareAfter * 100, "%"), real.ShareAfter * 100, "the same with a Blazor Server page of one word."),
        Reference = "-",
        Note = $"Managed heap after full collections: {real.AtStart / BytesAMegabyte:0.00} MB after {OpenAtOnce} visits and {real.AfterVisits / BytesAMegabyte:0.00} MB after {Visits} more; {Tabs} tabs that open the playbook and leave it.",
    };

    /// <summary>Bytes of managed heap after full collections.</summary>
    private sealed record Heap(double AtStart, double OfOneCircuit, double AfterVisits)
    {
        public double ShareAfter => AfterVisits / AtStart;
    }
}
