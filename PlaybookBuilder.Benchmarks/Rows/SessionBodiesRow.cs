using System.Security.Cryptography;
using System.Text.Json.Nodes;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Whether what goes to a session's worker arrives as it was, and comes back so.</summary>
internal sealed class SessionBodiesRow : IRow
{
    private const int Bodies = 200;
    private const int AtOnce = 4;
    private const double LargestExponent = 26;

    public string Name => "session-bodies";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        await using var session = await MeasuredSession.StartAsync(bench, folder);
        var (up, down) = (0, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, Bodies), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, cancellationToken) =>
        {
            var body = RandomNumberGenerator.GetBytes(SizeOf(number));
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(body));
            using var client = new LoadClient(session.Program.Address);
            // A form without a length goes in chunks.
            using var form = new MultipartFormDataContent { { new StreamContent(new Unseekable(body)), "file", $"{number}.bin" } };
            var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, session.Prefix + PlaybookApi.Upload) { Content = form, Headers = { TransferEncodingChunked = number % 2 == 0 } });
            var file = JsonNode.Parse(answer.Span)!["file"]![0]!;
            if ($"{file["sha256"]}" == sha256) Interlocked.Increment(ref up);
            var back = await client.GetAsync($"{session.Prefix}/ga4gh/drs/v1/objects/{$"{file["url"]}".Split('/')[^1]}/access/https/data");
            if (Convert.ToHexStringLower(SHA256.HashData(back.Span)) == sha256) Interlocked.Increment(ref down);
        });
        return
        [
            new()
            {
                What = $"{Bodies} random bodies (0 B to 64 MiB) each way, equal hashes",
                Claims = [Claim.AtLeast(new Quantity(Bodies, ""), up).Named("up"), Claim.AtLeast(new Quantity(Bodies, ""), down).Named("down")],
                Yardstick = new(new Quantity(Bodies, ""), up, "hashes of the bodies before they went."),
                Reference = "corrupted",
                Note = $"{AtOnce} at once, in chunks and with a length; the answer to the upload tells what arrived.",
            },
        ];
    }

    // As many small ones as large ones, and an empty one.
    private static int SizeOf(int number) => number == 0 ? 0 : number == 1 ? 1 << (int)LargestExponent : (int)Math.Pow(2, Random.Shared.NextDouble() * LargestExponent);

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
