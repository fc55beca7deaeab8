using System.Diagnostics;
using System.Globalization;

namespace PlaybookBuilder.Tests.Support;

/// <summary>
/// A network namespace, as another machine would be: joined with this one by a cable that can be cut so that packets are dropped and
/// nobody is told. It takes root and iproute2.
/// </summary>
internal sealed class CutNetwork : IAsyncDisposable
{
    // Nobody has it, so what is sent there arrives nowhere.
    private const string NobodysAddress = "02:00:00:00:00:01";

    private const string Program = "/usr/sbin/ip";

    private readonly string _name;
    private readonly string _near;
    private readonly string _far;

    private CutNetwork(string name) => (_name, _near, _far) = (name, $"{name}n", $"{name}f");

    /// <summary>This machine's address in the network.</summary>
    public static string Near => "10.231.47.1";

    private static string Far => "10.231.47.2";

    /// <summary>Starts what is named after it on the other machine.</summary>
    public string[] Starter => [Program, "netns", "exec", _name];

    public static async Task<CutNetwork> LayAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && File.Exists(Program), "Network namespaces take root and iproute2.");
        var network = new CutNetwork(string.Create(CultureInfo.InvariantCulture, $"pb{Environment.ProcessId}"));
        Assert.SkipUnless(await TryAsync("netns", "add", network._name) is null, "This machine has no network namespaces.");
        await RunAsync("link", "add", network._near, "type", "veth", "peer", "name", network._far, "netns", network._name);
        await RunAsync("address", "add", $"{Near}/30", "dev", network._near);
        await RunAsync("link", "set", network._near, "up");
        await RunAsync("-n", network._name, "address", "add", $"{Far}/30", "dev", network._far);
        await RunAsync("-n", network._name, "link", "set", network._far, "up");
        await RunAsync("-n", network._name, "link", "set", "lo", "up");
        return network;
    }

    public async Task CutAsync()
    {
        await RunAsync("neighbour", "replace", Far, "lladdr", NobodysAddress, "nud", "permanent", "dev", _near);
        await RunAsync("-n", _name, "neighbour", "replace", Near, "lladdr", NobodysAddress, "nud", "permanent", "dev", _far);
    }

    public async Task MendAsync()
    {
        await RunAsync("neighbour", "delete", Far, "dev", _near);
        await RunAsync("-n", _name, "neighbour", "delete", Near, "dev", _far);
    }

    /// <summary>Asks a program on the other machine, which listens there on loopback only.</summary>
    /// <returns>The first line of the answer.</returns>
    public async Task<string> AskAsync(Uri address, string path)
    {
        string[] line = [.. Starter, "bash", "-c", $"exec 3<>/dev/tcp/127.0.0.1/{address.Port}; printf 'GET {path} HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n\\r\\n' >&3; head -n 1 <&3"];
        using var process = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true })!;
        var answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return answer.TrimEnd();
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("link", "delete", _near);
        await RunAsync("netns", "delete", _name);
    }

    private static async Task RunAsync(params string[] arguments)
    {
        if (await TryAsync(arguments) is { } error) throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {error}");
    }

    /// <returns>What it complained about; null when it did what it should.</returns>
    private static async Task<string?> TryAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? null : errors.TrimEnd();
    }
}
