using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using PlaybookBuilder.Benchmarks.Load;

namespace PlaybookBuilder.Benchmarks.Programs;

/// <summary>A program with a session, whose worker is a process on this machine.</summary>
internal sealed class MeasuredSession : IAsyncDisposable
{
    private const string Cavatica = "/api/v1/user/integrations/cavatica";

    private static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string> { ["SESSION_LAUNCHER"] = "local" };
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    private readonly Workbench _bench;
    private readonly TemporaryFolder _folder;
    private readonly string _id;

    private MeasuredSession(Workbench bench, TemporaryFolder folder, ServedProgram program, string id) => (_bench, _folder, Program, _id) = (bench, folder, program, id);

    /// <summary>The public side.</summary>
    public ServedProgram Program { get; private set; }

    /// <summary>What stands before every path of the session, as in <c>/socket/{session}</c>.</summary>
    public string Prefix => $"/socket/{_id}";

    /// <summary>Launches a session and returns when its worker is connected.</summary>
    public static async Task<MeasuredSession> StartAsync(Workbench bench, TemporaryFolder folder)
    {
        var program = await bench.StartAsync(folder, Settings);
        using var client = new LoadClient(program.Address);
        var launched = JsonNode.Parse((await client.PostAsync($"{Cavatica}/launch", "{}"u8.ToArray())).Span)!;
        var session = new MeasuredSession(bench, folder, program, $"{launched["id"]}");
        while ($"{(await session.StatusAsync(client))["state"]}" != "connected") await Task.Delay(BetweenLooks);
        return session;
    }

    public async Task<JsonNode> StatusAsync(LoadClient client) => JsonNode.Parse((await client.GetAsync($"{Cavatica}/{_id}/status")).Span)!;

    public async Task<Process> FindWorkerAsync()
    {
        using var client = new LoadClient(Program.Address);
        return Process.GetProcessById(int.Parse($"{(await StatusAsync(client))["run_id"]}".Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>Waits until the session's status is so, looking often.</summary>
    public async Task UntilAsync(Func<JsonNode, bool> isSo)
    {
        using var client = new LoadClient(Program.Address);
        while (!isSo(await StatusAsync(client))) await Task.Delay(BetweenLooks);
    }

    /// <summary>Kills the public side and starts it again at the same address; the worker goes on.</summary>
    public async Task RestartProgramAsync()
    {
        var address = Program.Address;
        await Program.KillAloneAsync();
        await Program.DisposeAsync();
        Program = await _bench.StartAsync(_folder, Settings, address: address);
    }

    public async ValueTask DisposeAsync()
    {
        using (var client = new LoadClient(Program.Address))
        {
            await client.PostAsync($"{Cavatica}/{_id}/disconnect", "{}"u8.ToArray());
        }

        await UntilAsync(static status => status["ended"] is not null);
        await Program.DisposeAsync();
    }
}
