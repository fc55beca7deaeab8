using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Api;

public class PlaybooksApiTests(ApiServer server) : IClassFixture<ApiServer>
{
    [Fact]
    public async Task Post_Document_GivesAnIdThatIsTheSameAgain()
    {
        var id = await server.KeepAsync(TestPlaybooks.Join("ACE2"));

        Assert.Equal(id, await server.KeepAsync(TestPlaybooks.Join("ACE2")));
        Assert.NotEqual(id, await server.KeepAsync(TestPlaybooks.Join("ACE1")));
    }

    [Fact]
    public async Task Get_Playbook_ListsItsStepsRootFirst()
    {
        var id = await server.KeepAsync(TestPlaybooks.Join("ACE2"));

        var steps = (await server.GetAsync($"/api/db/fpl/{id}"))!.AsArray();

        Assert.Equal(4, steps.Count);
        Assert.Null(steps[0]!["parent"]);
        Assert.Equal(steps[0]!["id"]!.GetValue<string>(), steps[1]!["parent"]!.GetValue<string>());
        Assert.Equal(id, steps[3]!["id"]!.GetValue<string>());
        Assert.Equal("ACE2", steps[0]!["process"]!["data"]!["value"]!.GetValue<string>());
        Assert.Null(steps[3]!["process"]!["data"]);
        Assert.Equal(["last", "terms:0", "terms:1"], steps[3]!["process"]!["inputs"]!.AsObject().Select(input => input.Key));
        Assert.Equal("Joined", steps[3]!["playbook_metadata"]!["title"]!.GetValue<string>());
        Assert.False(steps[0]!["process"]!.AsObject().ContainsKey("output"));
    }

    [Fact]
    public async Task Export_Playbook_IsWhatWasPostedApartFromLocalIds()
    {
        var id = await server.KeepAsync(TestPlaybooks.Join("ACE2"));

        var document = await server.GetAsync($"/api/db/fpl/{id}/export");

        Assert.Equal(id, await server.KeepAsync(document!.ToJsonString()));
        Assert.Equal("ü", document["metadata"]!["description"]!.GetValue<string>());
    }

    [Fact]
    public async Task Export_PublishedPlaybooks_AreEqualApartFromLocalIds()
    {
        foreach (var document in PublishedPlaybooks.Read())
        {
            var id = await server.KeepAsync(document.ToJsonString());
            var exported = (await server.GetAsync($"/api/db/fpl/{id}/export"))!;
            Assert.True(JsonNode.DeepEquals(DocumentForms.WithoutLocalIds(document), DocumentForms.WithoutLocalIds(exported)));
        }
    }

    [Theory]
    [InlineData("", "The body is not JSON")]
    [InlineData("{", "The body is not JSON")]
    [InlineData("[1]", "expected a playbook document")]
    [InlineData("""{"workflow": []}""", "workflow: a playbook has at least one step")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]"}, {"type": "Fail", "inputs": {"term": {"id": "x"}}}]}""", "workflow[1].inputs.term: ")]
    [InlineData("""{"workflow": [{"type": "Input[Gene]", "data": {"type": "Term[Gene]", "value": [1]}}]}""", "workflow[0].data: ")]
    public async Task Post_NotADocument_IsABadRequestWithTheReason(string body, string reason)
    {
        using var response = await server.PostAsync("/api/db/fpl", body);

        var problem = await Problems.ReadAsync(response, HttpStatusCode.BadRequest);
        Assert.StartsWith(reason, problem["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task Post_WrongInput_NamesThePath()
    {
        using var response = await server.PostAsync("/api/db/fpl", """{"workflow": [{"id": "1", "type": "Input[Drug]"}, {"type": "Fail", "inputs": {"term": {"id": "1"}}}]}""");

        Assert.Equal("workflow[1].inputs.term", (await Problems.ReadAsync(response, HttpStatusCode.BadRequest))["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task Post_DeepNesting_IsABadRequest()
    {
        using var response = await server.PostAsync("/api/db/fpl", string.Concat(Enumerable.Repeat("[", 10_000)));

        await Problems.ReadAsync(response, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Post_NotDeclaredAsJson_IsAnUnsupportedMediaType(string type)
    {
        using var content = new StringContent(TestPlaybooks.Gene("A"), Encoding.UTF8, type);
        using var response = await server.Client.PostAsync("/api/db/fpl", content, TestContext.Current.CancellationToken);

        await Problems.ReadAsync(response, HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_TooLong_IsRefused(bool isChunked)
    {
        var tooLong = new byte[(8 * 1024 * 1024) + 1];
        Array.Fill(tooLong, (byte)' ');
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/db/fpl") { Content = new ByteArrayContent(tooLong) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = isChunked;
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await Problems.ReadAsync(response, HttpStatusCode.RequestEntityTooLarge);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_TooLong_LeavesTheConnectionToTheNextRequest(bool isChunked)
    {
        var tooLong = new string(' ', (8 * 1024 * 1024) + 1);
        var framed = isChunked ? $"Transfer-Encoding: chunked\r\n\r\n{tooLong.Length:x}\r\n{tooLong}\r\n0\r\n\r\n" : $"Content-Length: {tooLong.Length}\r\n\r\n{tooLong}";
        var request = Encoding.ASCII.GetBytes($"POST /api/db/fpl HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{framed}");
        var address = server.Client.BaseAddress!;
        using var connection = new TcpClient();
        await connection.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        await using var stream = connection.GetStream();

        await stream.WriteAsync(request, TestContext.Current.CancellationToken);
        await stream.WriteAsync(request, TestContext.Current.CancellationToken);

        var (answers, buffer) = ("", new byte[4096]);
        while (answers.Split("HTTP/1.1 413").Length < 3)
        {
            var read = await stream.ReadAsync(buffer, TestContext.Current.CancellationToken);
            Assert.True(read > 0, $"The connection ended after: {answers}");
            answers += Encoding.ASCII.GetString(buffer, 0, read);
        }
    }

    [Fact]
    public async Task Post_LongButAllowed_IsKept()
    {
        var id = await server.KeepAsync(TestPlaybooks.Gene(new string('A', 7 * 1024 * 1024)));

        Assert.Single((await server.GetAsync($"/api/db/fpl/{id}"))!.AsArray());
    }

    [Theory]
    [InlineData("no-id")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("%C3%A4%20%2F")]
    public async Task Get_UnknownOrMalformedId_IsNotFoundEverywhere(string id)
    {
        foreach (var path in new[] { "", "/export", "/output", "/output/export", "/status", "/events" })
        {
            using var response = await server.Client.GetAsync($"/api/db/fpl/{id}{path}", TestContext.Current.CancellationToken);
            await Problems.ReadAsync(response, HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("DELETE", "/api/db/fpl")]
    [InlineData("GET", "/api/db/fpl")]
    [InlineData("POST", "/api/db/fpl/x/output")]
    [InlineData("GET", "/api/db/fpl/x/extend")]
    [InlineData("PUT", "/api/components")]
    public async Task Send_AnotherMethod_IsNotAllowed(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        await Problems.ReadAsync(response, HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Get_NoSuchRoute_IsNotFound()
    {
        using var response = await server.Client.GetAsync("/api/nothing/here", TestContext.Current.CancellationToken);

        await Problems.ReadAsync(response, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/export")]
    [InlineData("/output")]
    [InlineData("/status")]
    [InlineData("/events")]
    public async Task Head_WhereGetWorks_AnswersWithoutABody(string path)
    {
        var id = await server.KeepAsync(TestPlaybooks.Gene("A"));
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/api/db/fpl/{id}{path}");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Head_UnknownId_IsNotFound()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/db/fpl/x");
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
