using System.Diagnostics;
using PlaybookBuilder.Tests.Browser;
using PlaybookBuilder.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>The compose file as <c>docker-compose config</c> reads it, which needs no engine.</summary>
internal sealed class ComposeFile
{
    private const string Program = "/usr/bin/docker-compose";

    private readonly YamlMappingNode _root;
    private readonly string? _profile;

    private ComposeFile(YamlMappingNode root, string? profile) => (_root, _profile) = (root, profile);

    /// <summary>Those that are started: some versions of the program print the others, too.</summary>
    public IReadOnlyDictionary<string, YamlMappingNode> Services =>
        Map(_root, "services")!.Children.Where(service => List((YamlMappingNode)service.Value, "profiles") is var profiles && (profiles.Length == 0 || profiles.Contains(_profile))).ToDictionary(service => service.Key.ToString(), service => (YamlMappingNode)service.Value);

    public IEnumerable<string> Volumes => Map(_root, "volumes")!.Children.Keys.Select(name => name.ToString());

    /// <summary>Reads it with .env.example, in which the settings that are needed were filled in, and some others.</summary>
    public static Task<ComposeFile> ReadAsync(params (string Name, string Value)[] settings) => ReadProfileAsync(null, settings);

    /// <summary>As <see cref="ReadAsync"/>, with the services of a profile.</summary>
    public static async Task<ComposeFile> ReadProfileAsync(string? profile, params (string Name, string Value)[] settings)
    {
        var (exitCode, output, errors) = await RunAsync(profile, [.. settings, ("POSTGRES_PASSWORD", "0a1b2c"), ("APP_SECRET", "0123456789abcdef0123456789abcdef")]);
        Assert.True(exitCode == 0, errors);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(output));
        return new ComposeFile((YamlMappingNode)yaml.Documents[0].RootNode, profile);
    }

    /// <summary>What docker-compose says with a copy of .env.example in which these were filled in.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string? profile, params (string Name, string Value)[] settings)
    {
        Requirement.Need(File.Exists(Program) ? Program : null, "docker-compose is not installed; ./test installs it where it can.");
        using var folder = new TemporaryFolder();
        var environment = Path.Combine(folder.Path, ".env");
        var lines = EnvironmentExample.Lines.Select(line => settings.FirstOrDefault(setting => line.StartsWith($"{setting.Name}=", StringComparison.Ordinal)) is { Name: { } name } setting ? $"{name}={setting.Value}" : line);
        await File.WriteAllLinesAsync(environment, lines);
        var start = new ProcessStartInfo(Program, ["--file", Repository.PathOf("docker-compose.yaml"), "--env-file", environment, .. profile is null ? Array.Empty<string>() : ["--profile", profile], "config"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // What is set where the tests run is not what is tested.
        foreach (var name in EnvironmentExample.Names) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>A mapping inside of others, or null.</summary>
    public static YamlMappingNode? Map(YamlMappingNode node, params string[] path) => Node(node, path) as YamlMappingNode;

    /// <summary>A text inside of mappings, or null.</summary>
    public static string? Text(YamlMappingNode node, params string[] path) => (Node(node, path) as YamlScalarNode)?.Value;

    /// <summary>A list of texts inside of mappings; empty where there is none.</summary>
    public static string[] List(YamlMappingNode node, params string[] path) => Node(node, path) is YamlSequenceNode list ? [.. list.Select(item => item.ToString())] : [];

    public static Dictionary<string, string> EnvironmentOf(YamlMappingNode service) =>
        Map(service, "environment")?.Children.ToDictionary(variable => variable.Key.ToString(), variable => variable.Value.ToString()) ?? [];

    private static YamlNode? Node(YamlNode node, string[] path) =>
        path.Aggregate<string, YamlNode?>(node, static (inside, key) => inside is YamlMappingNode map && map.Children.TryGetValue(key, out var next) ? next : null);
}
