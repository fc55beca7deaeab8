using System.Collections.Concurrent;
using System.Net;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Yardsticks;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>What was answered is there after the program was killed.</summary>
internal sealed class DurabilityRow : IRow
{
    private const int Posts = 500;
    private const int Clients = 8;

    public string Name => "durability";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        var yardstick = await CountSurvivorsAsync(folder => Workbench.StartAsync(YardstickKind.Rows, folder), RowsYardstick.Path);
        var program = await CountSurvivorsAsync(folder => bench.StartAsync(folder), PlaybookApi.Playbooks);
        return
        [
            new()
            {
                What = $"{Posts} POSTs answered, kill -9, restart in the same directory",
                Claims = [new($"all {Posts} are there", $"{program} of {Posts}", program == Posts)],
                Yardstick = new(new(yardstick, $" of {Posts}"), program, "the same with one row a POST in SQLite with a write-ahead log."),
                Reference = "lost",
                Note = $"{Clients} clients; killed as soon as the {Posts}th answer is in; every id is then fetched.",
            },
        ];
    }

    private static async Task<int> CountSurvivorsAsync(Func<TemporaryFolder, Task<ServedProgram>> startAsync, string path)
    {
        using var folder = new TemporaryFolder();
        var ids = new ConcurrentBag<string>();
        await using (var first = await startAsync(folder))
        {
            await new LoadGenerator(first, Clients).RunAsync(Posts, async (client, number) => ids.Add(LoadClient.ReadId(await client.PostAsync(path, PlaybookDocuments.ThreeSteps(number)))));
            await first.KillAsync();
        }

        await using var second = await startAsync(folder);
        using var client = new LoadClient(second.Address);
        var found = 0;
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
            if (await IsThereAsync(client, $"{path}/{id}")) found++;
        return found;
    }

    private static async Task<bool> IsThereAsync(LoadClient client, string path)
    {
        try
        {
            return (await client.GetAsync(path)).Length > 0;
        }
        catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }
}
