using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using PlaybookBuilder.Tests.Permissions;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.BadRequests;

/// <summary>Ten thousand bad requests and more over all routes and pages: each is refused or met, none breaks anything.</summary>
public sealed class BadRequestsTests(PostgresServer postgres)
{

    /// <summary>Things are used up by what is asked of them, so they are made anew after so many.</summary>
    private const int AskedOfTheSame = 12;

    /// <summary>What a request line is answered with that asks for no version of HTTP that there is.</summary>
    private const int NoSuchVersion = 505;

    // The sessions here have no workers, and some requests are for them.
    private const int NoWorker = 503;

    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(20);

    /// <summary>What only the insides of a program say.</summary>
    private static readonly string[] Insides = ["   at PlaybookBuilder", "   at Microsoft", "   at System", "Npgsql", "SQLite", "System.NullReference", "System.Argument", "System.InvalidOperation", ".cs:line"];

    [Fact]
    public async Task Ask_Badly_WithPostgres_BreaksNothing() => await AskBadlyAsync(new PermissionServer(await postgres.NewDatabaseAsync()), seed: 4, generated: 3_000, isEachTried: true, atLeast: 10_000);

    [Fact]
    public Task Ask_Badly_WithTheEmbeddedDatabase_BreaksNothing() => AskBadlyAsync(new PermissionServer(), seed: 5, generated: 2_000, isEachTried: false, atLeast: 2_000);

    /// <param name="generated">So many at random, beside each text for each place where that is tried.</param>
    private static async Task AskBadlyAsync(PermissionServer server, int seed, int generated, bool isEachTried, int atLeast)
    {
        await using var disposed = server;
        await server.InitializeAsync();
        var names = await QueryNames.ReadAsync(server);
        var (wrong, statuses) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<(string, int), int>());
        var each = (generated / PermissionTable.Rows.Count) + 1;

        await Parallel.ForEachAsync(PermissionTable.Rows.Index(), new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, async (numbered, cancellationToken) =>
        {
            var (number, row) = numbered;
            var (random, things) = (new Random((seed * 1_000) + number), server.ThingsOf(Caller.Owner));
            var question = await row.Ask(things);
            if (isEachTried)
            {
                foreach (var bad in new RequestSpoiler(random, names, await CredentialsAsync(server, row)).SpoilEach(row, question)) Note(row, await SendAsync(server, bad, cancellationToken));
            }

            for (var asked = 0; asked < each; asked++)
            {
                if (asked % AskedOfTheSame == 0) question = await row.Ask(things);
                var spoiler = new RequestSpoiler(random, names, await CredentialsAsync(server, row));
                Note(row, random.Next(10) == 0
                    ? await SendBytesAsync(server.Address, spoiler.SpoilBytes(row, question, server.Address), cancellationToken)
                    : await SendAsync(server, spoiler.Spoil(row, question), cancellationToken));
            }
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{statuses.Values.Sum()} requests");
        Assert.True(wrong.IsEmpty && server.LoggedErrors.Count == 0, $"{wrong.Count} of {statuses.Values.Sum()}:\n{string.Join('\n', wrong.Take(30))}\nLogged:\n{string.Join('\n', server.LoggedErrors.Take(10))}");
        Assert.True(statuses.Values.Sum() >= atLeast);
        // Else nothing but the front door was tried.
        Assert.All(PermissionTable.Rows, row => Assert.Contains(statuses.Keys, key => key.Item1 == row.Name && key.Item2 is not (0 or 401 or 405)));
        await IsWellAsync(server);

        void Note(RoutePermission row, (int Status, string? Problem) outcome)
        {
            statuses.AddOrUpdate((row.Name, outcome.Status), 1, static (_, count) => count + 1);
            if (outcome.Problem is not null) wrong.Enqueue(outcome.Problem);
        }
    }

    // What ends an account ends one that nobody else needs.
    private static async Task<IReadOnlyList<Credential>> CredentialsAsync(PermissionServer server, RoutePermission row) =>
        row.EndsAccount ? [await server.NewcomerAsync(), new(Caller.Anonymous)] : server.Credentials;

    private static async Task<(int Status, string? Problem)> SendAsync(PermissionServer server, BadRequest bad, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestAnswer);
        HttpRequestMessage request;
        try
        {
            request = bad.ToRequest(server.Address);
        }
        catch (UriFormatException)
        {
            // No client sends this.
            return (0, null);
        }

        try
        {
            using var sent = request;
            using var answer = await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var text = answer.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await answer.Content.ReadAsStringAsync(limit.Token);
            var status = (int)answer.StatusCode;
            var problem = status >= 500 && !IsForASession(status, text) ? $"answered {status}"
                : answer.Headers.Contains("X-Injected") ? "let a header in"
                : Insides.FirstOrDefault(inside => text.Contains(inside, StringComparison.Ordinal)) is { } told ? $"told '{told}'"
                : null;
            return (status, problem is null ? null : $"{bad}\n  {problem}: {text[..Math.Min(300, text.Length)]}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (0, $"{bad}\n  was not answered");
        }
        catch (HttpRequestException exception)
        {
            return (0, $"{bad}\n  {exception.Message} {exception.InnerException?.Message}");
        }
    }

    /// <summary>A connection that ends without an answer is one too, where the request has no end.</summary>
    private static async Task<(int Status, string? Problem)> SendBytesAsync(Uri address, byte[] bytes, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestAnswer);
        using var client = new TcpClient();
        var buffer = new byte[8 * 1024];
        var length = 0;
        try
        {
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(bytes, limit.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            length = await stream.ReadAtLeastAsync(buffer, 12, throwOnEndOfStream: false, limit.Token);
            // Whether it is for a session says its text.
            if (StatusOf(buffer, length) == NoWorker) length += await stream.ReadAtLeastAsync(buffer.AsMemory(length), buffer.Length - length, throwOnEndOfStream: false, limit.Token);
        }
        catch (IOException)
        {
            // The server closed the connection.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (0, $"{Encoding.Latin1.GetString(bytes)}\n  was not answered");
        }

        var (status, answer) = (StatusOf(buffer, length), Encoding.Latin1.GetString(buffer, 0, length));
        return (status, status < 500 || status == NoSuchVersion || IsForASession(status, answer) ? null : $"{Encoding.Latin1.GetString(bytes)}\n  answered {answer}");
    }

    private static int StatusOf(byte[] answer, int length) =>
        Encoding.Latin1.GetString(answer, 0, length) is var line && line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) && int.TryParse(line.AsSpan(9, Math.Min(3, length - 9)), out var number) ? number : 0;

    private static bool IsForASession(int status, string text) => status == NoWorker && text.Contains("The session's worker", StringComparison.Ordinal);

    private static async Task IsWellAsync(PermissionServer server)
    {
        foreach (var path in new[] { "/healthz", "/readyz", "/" })
        {
            using var answer = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, path);
        }

        foreach (var credential in server.Credentials.Where(static credential => credential.Caller is Caller.Owner or Caller.OtherUser or Caller.Admin))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/db/user/profile");
            credential.Show(request);
            using var answer = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, $"{credential}: {answer.StatusCode}");
        }

        Assert.NotEmpty((await server.ThingsOf(Caller.OtherUser).PlaybookAsync()).Id);
    }
}
