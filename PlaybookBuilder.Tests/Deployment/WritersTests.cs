using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Deployment;

/// <summary>Replicas that are told the same at the same time.</summary>
public sealed class WritersTests(PostgresServer server)
{
    [Fact]
    public async Task Post_OfTheSamePlaybookToTwoReplicas_GivesOneIdAndNoDeadlock()
    {
        var url = await server.NewDatabaseAsync();
        await using (var deployment = await Deployment.StartAsync(url, replicas: 2, workers: 0))
        {
            for (var round = 0; round < 5; round++)
            {
                var document = Deployment.Chain($"written by two {round}", 60);
                var ids = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => deployment.PostAsync(i % 2, document)));
                Assert.Single(ids.Distinct(StringComparer.Ordinal));
                Assert.Equal(60, JsonNode.Parse(await deployment.GetAsync(deployment.Replicas[round % 2], $"/api/db/fpl/{ids[0]}"))!.AsArray().Count);
            }
        }

        Assert.Equal(0, await PostgresDeadlocks.CountAsync(url));
    }
}
