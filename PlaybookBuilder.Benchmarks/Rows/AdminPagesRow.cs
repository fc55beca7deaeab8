using Microsoft.Playwright;
using PlaybookBuilder.Benchmarks.Browsers;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Tests.Database.Postgres.Plans;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>How soon the pages of the administration stand in a browser with long tables behind them.</summary>
internal sealed class AdminPagesRow : IRow
{
    private const int RowsBehind = 100_000;
    private const int Turns = 7;
    private const string Numbers = "ul.numbers";

    /// <summary>A list with its rows, or, where nothing is kept, the words in their place.</summary>
    private const string List = "main tbody tr, main p.empty";

    private static readonly (string Path, string Visible)[] Pages =
    [
        ("", Numbers), ("/jobs", List), ("/failed-steps", List), ("/programs", List), ("/users", List), ("/sessions", List), ("/playbooks", List), ("/uploads", List), ("/retention", "dl.facts"), ("/suggestions", List), ("/errors", List), ("/audit", List),
    ];

    private static readonly string What = $"administration: a page opens, {RowsBehind:#,##0} rows in each table behind it";

    public string Name => "admin-pages";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        if (await bench.FindBrowserAsync() is not { } browser) return [Measurement.Unmeasured(What, Workbench.NoBrowser)];
        await using var none = await SharedDatabase.StartAsync(bench);
        if (none is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

        await using var many = await none.AddDatabaseAsync("many");
        await using (var connections = many.Connect())
        {
            await using var connection = await connections.OpenConnectionAsync();
            await FilledDatabase.FillAsync(connection, RowsBehind, CancellationToken.None);
        }

        var (empty, filled) = (await none.AddReplicaAsync(), await many.AddReplicaAsync());
        await using var visitor = await browser.NewVisitorAsync();
        var pages = new List<(string Path, double Empty, double Filled)>();
        foreach (var (path, visible) in Pages)
        {
            var (program, yardstick) = await TimedPairs.RunAsync(Turns, await TabAsync(visitor, filled, path, visible), await TabAsync(visitor, empty, path, visible));
            pages.Add((path, yardstick * 1_000, program * 1_000));
            // Pages that stay open read themselves anew.
            foreach (var tab in visitor.Pages.ToArray()) await tab.CloseAsync();
        }

        var slowest = pages.MaxBy(static page => page.Filled);
        return
        [
            new()
            {
                What = What,
                Claims = [Claim.AtMost(Quantity.Milliseconds(300), slowest.Filled).Named("slowest page")],
                Yardstick = new(Quantity.Milliseconds(slowest.Empty), slowest.Filled, $"the same page (/admin{slowest.Path}) on an empty database in the same server."),
                Reference = "-",
                Note = $"From the start of the navigation until the rows are laid out; medians of {Turns} openings each, in turn, in a tab that showed the page before: {string.Join(", ", pages.Select(static page => $"/admin{page.Path} {page.Filled:0} ms (empty {page.Empty:0})"))}.",
            },
        ];
    }

    /// <summary>Opens a page in a tab where it was before.</summary>
    private static async Task<Func<Task<TimeSpan>>> TabAsync(IBrowserContext visitor, ServedProgram program, string path, string visible)
    {
        var (tab, address) = (await PageOpening.NewTabAsync(visitor, [visible]), new Uri(program.Address, $"/admin{path}"));
        await OpenAsync();
        return OpenAsync;

        async Task<TimeSpan> OpenAsync() => (await PageOpening.InAsync(tab, address, BuilderPage.Interactive)).Visible;
    }
}
