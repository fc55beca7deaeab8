using System.Security.Cryptography;

namespace PlaybookBuilder.Tests.Support.SevenBridges;

/// <summary>An upload in parts on the fake platform.</summary>
internal sealed class FakeUpload
{
    private readonly SortedDictionary<int, byte[]> _put = [];
    private readonly HashSet<int> _reported = [];

    public required string Id { get; init; }

    public required string User { get; init; }

    public required string Project { get; init; }

    public string? Folder { get; init; }

    public required string Name { get; init; }

    public long? Size { get; init; }

    public required long PartSize { get; init; }

    public required bool IsOverwriting { get; init; }

    public required DateTimeOffset Initiated { get; init; }

    public int ReportedParts => _reported.Count;

    public static string TagOf(byte[] bytes) => Convert.ToHexStringLower(MD5.HashData(bytes));

    public void Put(int number, byte[] bytes) => _put[number] = bytes;

    /// <returns>Whether that part was put with that tag.</returns>
    public bool Report(int number, string? tag) => _put.TryGetValue(number, out var bytes) && TagOf(bytes) == tag && (_reported.Add(number) || true);

    /// <summary>The whole file; null when parts are missing, were not reported, or don't have the size that they must.</summary>
    public byte[]? Assemble()
    {
        var isInOrder = _put.Count > 0 && _put.Keys.SequenceEqual(Enumerable.Range(1, _put.Count)) && _reported.SetEquals(_put.Keys);
        var isOfSize = _put.Values.SkipLast(1).All(part => part.Length == PartSize) && _put.Values.LastOrDefault()?.Length <= PartSize;
        var bytes = _put.Values.SelectMany(static part => part).ToArray();
        return isInOrder && isOfSize && (Size is null || Size == bytes.Length) ? bytes : null;
    }

    public object ToJson() => new { upload_id = Id, project = Project, parent = Folder, name = Name, initiated = Initiated.ToString("yyyy-MM-ddTHH:mm:ssZ"), parallel_uploads = true, part_size = PartSize, uploaded_parts_count = ReportedParts };
}
