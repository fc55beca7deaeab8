using System.CommandLine;

namespace PlaybookBuilder.Web.CommandLine;

/// <summary><c>health</c> asks the program that listens here whether it is well: an image without a shell has nothing else to ask with.</summary>
internal static class HealthCommand
{
    private const string DefaultAddress = "http://localhost:5000";
    private const string PortsSetting = "http_ports";
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    public static Command Create()
    {
        var path = new Option<string>("--path") { Description = "What is asked for.", HelpName = "path", DefaultValueFactory = static _ => "/readyz" };
        var command = new Command("health", "Asks the program that listens on this machine, as its settings say, whether it is well; for the health checks of containers.") { path };
        command.SetAction((parsed, cancellationToken) => CommandErrors.ToExitCodeAsync(() => AskAsync(AddressOf(Settings(parsed.GetValue<string>("--urls"))), parsed.GetRequiredValue(path), cancellationToken)));
        return command;
    }

    /// <summary>Where a program with these settings is reached from its own machine.</summary>
    internal static Uri AddressOf(IConfiguration settings)
    {
        var addresses = (settings["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat((settings[PortsSetting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(static port => $"http://*:{port}"))
            .Append(DefaultAddress);
        var address = BindingAddress.Parse(addresses.First(static address => address.StartsWith("http://", StringComparison.OrdinalIgnoreCase)));
        var isAny = address.Host is "*" or "+" or "0.0.0.0" or "[::]";
        return new UriBuilder(Uri.UriSchemeHttp, isAny ? "localhost" : address.Host, address.Port).Uri;
    }

    // The names under which the web server finds them in the environment.
    private static IConfiguration Settings(string? addresses) => new ConfigurationBuilder()
        .AddEnvironmentVariables("DOTNET_")
        .AddEnvironmentVariables("ASPNETCORE_")
        .AddInMemoryCollection(addresses is null ? [] : [new("urls", addresses)])
        .Build();

    private static async Task<int> AskAsync(Uri address, string path, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = address, Timeout = Longest };
        try
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            Console.WriteLine($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellationToken)}");
            return answer.IsSuccessStatusCode ? ExitCodes.Done : ExitCodes.StepFailed;
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {exception.Message}");
            return ExitCodes.StepFailed;
        }
    }
}
