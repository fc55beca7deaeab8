using System.Text.Json;
using PlaybookBuilder.Core.Cavatica;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Cavatica.Wes;
using PlaybookBuilder.Tests.Support.SevenBridges;
using PlaybookBuilder.Tests.Support.Wes;

namespace PlaybookBuilder.Tests.Cavatica;

public sealed class WorkerAppTests
{
    private static readonly WorkerAppOptions First = new() { Image = "registry.example.org/worker:1" };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""{"hints":[{"class":"ResourceRequirement"},{"class":"DockerRequirement","dockerPull":"image:1"}]}""", "image:1")]
    [InlineData("""{"requirements":[{"class":"DockerRequirement","dockerPull":"image:1"}]}""", "image:1")]
    [InlineData("""{"hints":{"DockerRequirement":{"dockerPull":"image:1"}}}""", "image:1")]
    [InlineData("""{"hints":[{"class":"DockerRequirement","dockerFile":"FROM x"}]}""", null)]
    [InlineData("""{"hints":[1,{"class":2}],"requirements":"none"}""", null)]
    [InlineData("[]", null)]
    public void ImageOf_EachFormOfCwl_IsFound(string cwl, string? image) => Assert.Equal(image, WorkerApp.ImageOf(JsonElement.Parse(cwl)));

    [Fact]
    public void Cwl_OfTheWorker_IsATool()
    {
        var cwl = JsonElement.Parse(new WorkerApp("ada/lab", 2, First with { Cores = 2, MemoryMebibytes = 4_000 }).ToCwl().ToJsonString());

        Assert.Equal(("v1.2", "CommandLineTool", "ada/lab/playbook-builder-worker/2"), (cwl.GetProperty("cwlVersion").GetString(), cwl.GetProperty("class").GetString(), cwl.GetProperty("id").GetString()));
        Assert.Equal("config", Assert.Single(cwl.GetProperty("inputs").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal((2, 4_000), (cwl.GetProperty("requirements")[0].GetProperty("coresMin").GetInt32(), cwl.GetProperty("requirements")[0].GetProperty("ramMin").GetInt32()));
        Assert.Equal(First.Image, WorkerApp.ImageOf(cwl));
    }

    [Fact]
    public async Task Revision_OfEachImage_IsTakenByThePlatform()
    {
        await using var platform = await FakeSevenBridges.StartAsync();
        await using var service = await FakeWes.StartAsync();
        service.Platform = platform;
        var token = service.AddToken(platform.AddUser("ada"));
        platform.AddProject("ada/lab");
        var (client, wes) = (new SevenBridgesClient(new SevenBridgesSettings { Endpoint = platform.Address, Token = token }), new WesClient(new WesSettings { Endpoint = service.Endpoint, Token = token }));
        var revisions = new List<int>();
        foreach (var image in new[] { "worker:1", "worker:1", "worker:2", "worker:2", "worker:1" })
        {
            var app = await WorkerApp.ResolveAsync(client, "ada/lab", First with { Image = image }, Cancellation);
            revisions.Add(app.Revision);
            await wes.StartAsync(app.ToRunRequest("{}", $"{Guid.NewGuid()}"), Cancellation);
        }

        Assert.Equal([0, 0, 1, 1, 2], revisions);
        var wrong = new WorkerApp("ada/lab", 7, First);
        Assert.Equal(WesErrorKind.Refused, (await Assert.ThrowsAsync<WesException>(() => wes.StartAsync(wrong.ToRunRequest("{}", "x"), Cancellation))).Kind);
    }
}
