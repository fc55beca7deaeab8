using System.Text;
using PlaybookBuilder.Tests.Permissions;

namespace PlaybookBuilder.Tests.BadRequests;

/// <summary>Makes bad requests of good ones, always the same ones of the same seed.</summary>
internal sealed class RequestSpoiler(Random random, QueryNames queryNames, IReadOnlyList<Credential> credentials)
{
    private const int LongerThanTaken = Web.Api.JsonBody.Longest + 1;
    private static readonly string[] MultipartBodies =
    [
        "", "--b", "--b--", "--b\r\n\r\n", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../a\0.csv\"\r\n\r\nx\r\n--b--\r\n", "--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename*=utf-7''%zz\r\nContent-Type: ///\r\n\r\nx\r\n--b--", "--b\r\n" + new string('A', 40_000) + ": x\r\n\r\n", string.Concat(Enumerable.Repeat("--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nx\r\n", 3_000)) + "--b--",
    ];

    /// <summary>Every text of an address for all that the route reads from the query, and every place of the body made another; as whoever may.</summary>
    public IEnumerable<BadRequest> SpoilEach(RoutePermission row, Question good)
    {
        var request = Good(row, good);
        if (credentials.FirstOrDefault(row.Access.Allows) is { } allowed) request = request with { Credential = allowed };
        var (way, _) = Split(good.Path);
        foreach (var name in queryNames.Of(row))
        {
            foreach (var text in NastyTexts.InAddresses) yield return request with { Path = $"{way}?{name}={text}" };
        }

        foreach (var body in JsonSpoiler.SpoilEach(good.Json)) yield return request with { Body = body, ContentType = "application/json" };
    }

    public BadRequest Spoil(RoutePermission row, Question good)
    {
        var request = Good(row, good);
        for (var changes = random.Next(1, 3); changes > 0; changes--) request = Change(request, good);
        return request;
    }

    /// <summary>The bytes of a request with some of them changed, left out, doubled or cut off.</summary>
    public byte[] SpoilBytes(RoutePermission row, Question good, Uri address)
    {
        var bytes = Good(row, good).ToBytes(address).ToList();
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 1; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes.RemoveAt(at);
                    break;
                case 1:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 2 when random.Next(4) == 0:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes[at] = (byte)random.Next(256);
                    break;
            }
        }

        return [.. bytes];
    }

    // Mostly callers who may, since whoever may not is refused before anything is read.
    private BadRequest Good(RoutePermission row, Question good)
    {
        var allowed = credentials.Where(row.Access.Allows).ToArray();
        var credential = allowed.Length > 0 && random.Next(8) > 0 ? allowed[random.Next(allowed.Length)] : credentials[random.Next(credentials.Count)];
        return good.UploadsFile
            ? new(row.Method, good.Path, [], Encoding.UTF8.GetBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\na\r\n--b--\r\n"), "multipart/form-data; boundary=b", credential)
            : new(row.Method, good.Path, [.. good.Headers.Select(static header => (header.Key, header.Value))], good.Json is null ? null : Encoding.UTF8.GetBytes(good.Json), good.Json is null ? null : "application/json", credential);
    }

    private BadRequest Change(BadRequest request, Question good) => random.Next(20) switch
    {
        < 5 => request with { Path = SpoilSegment(request.Path) },
        < 10 => request with { Path = AddQuery(request.Path) },
        < 12 => request with { Headers = [.. request.Headers, NastyTexts.Headers[random.Next(NastyTexts.Headers.Count)]] },
        < 13 => request with { Method = NastyTexts.Methods[random.Next(NastyTexts.Methods.Count)] },
        < 14 when good.UploadsFile || random.Next(4) == 0 => request with { Body = Encoding.UTF8.GetBytes(MultipartBodies[random.Next(MultipartBodies.Length)]), ContentType = "multipart/form-data; boundary=b" },
        < 15 when random.Next(40) == 0 => request with { Body = TooLong(), ContentType = "application/json" },
        _ => request with { Body = JsonSpoiler.Spoil(good.Json, random), ContentType = "application/json" },
    };

    private string SpoilSegment(string path)
    {
        var (way, query) = Split(path);
        var segments = way.Split('/').ToList();
        var at = random.Next(1, segments.Count + 1);
        if (at == segments.Count || random.Next(5) == 0) segments.Insert(at, AddressText());
        else if (random.Next(6) == 0) segments[at] = random.Next(2) == 0 ? segments[at].ToUpperInvariant() : segments[at] + AddressText();
        else segments[at] = AddressText();
        return $"/{string.Join('/', segments.Skip(1))}{query}";
    }

    private string AddQuery(string path)
    {
        var (way, query) = Split(path);
        var added = new StringBuilder(query.Length > 0 && random.Next(2) == 0 ? query : "?");
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            if (added.Length > 1) added.Append('&');
            added.Append(random.Next(8) == 0 ? AddressText() : queryNames.All[random.Next(queryNames.All.Count)]);
            if (random.Next(10) > 0) added.Append('=').Append(AddressText());
        }

        return way + added;
    }

    // A '#' or a space would end the address, and what does not fit into ASCII does not get into a request line.
    private string AddressText() => NastyTexts.InAddresses[random.Next(NastyTexts.InAddresses.Count)];

    private static (string Way, string Query) Split(string path)
    {
        var at = path.IndexOf('?', StringComparison.Ordinal);
        return at < 0 ? (path, "") : (path[..at], path[at..]);
    }

    private static byte[] TooLong()
    {
        var bytes = new byte[LongerThanTaken];
        bytes.AsSpan().Fill((byte)' ');
        bytes[0] = (byte)'[';
        bytes[^1] = (byte)']';
        return bytes;
    }
}
