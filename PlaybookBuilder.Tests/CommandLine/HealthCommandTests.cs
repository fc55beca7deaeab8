using Microsoft.Extensions.Configuration;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.CommandLine;

namespace PlaybookBuilder.Tests.CommandLine;

public sealed class HealthCommandTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Health_OfAProgramThatIsWell_IsDone()
    {
        var run = await AskAsync(server.Client.BaseAddress!);

        Assert.Equal(ExitCodes.Done, run.ExitCode);
        Assert.Contains("\"database\":\"Healthy\"", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_OfWhatIsNotThere_FailsWithTheAnswer()
    {
        var run = await AskAsync(server.Client.BaseAddress!, "--path", "/nowhere");

        Assert.Equal(ExitCodes.StepFailed, run.ExitCode);
        Assert.StartsWith("404", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_WhereNothingListens_FailsInOneLine()
    {
        var run = await AskAsync(new Uri($"http://localhost:{PostgresServerProcess.FreePort()}"));

        Assert.Equal(ExitCodes.StepFailed, run.ExitCode);
        Assert.Contains("does not answer", Assert.Single(run.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null, "http://localhost:5000/")]
    [InlineData(null, "8080", "http://localhost:8080/")]
    [InlineData("http://*:9000", "8080", "http://localhost:9000/")]
    [InlineData("https://0.0.0.0:9443;http://0.0.0.0:9000", null, "http://localhost:9000/")]
    [InlineData("http://127.0.0.1:9000", null, "http://127.0.0.1:9000/")]
    [InlineData("http://[::]:9000", null, "http://localhost:9000/")]
    public void Address_OfSettings_IsWhereTheProgramIsReachedFromHere(string? addresses, string? ports, string expected)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("urls", addresses), new("http_ports", ports)]).Build();

        Assert.Equal(new Uri(expected), HealthCommand.AddressOf(settings));
    }

    private static async Task<ProgramRun> AskAsync(Uri address, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        return await ProgramRun.StartAsync(folder.Path, ["health", "--urls", address.ToString(), .. arguments]);
    }
}
