using System.Text.Json;

namespace PlaybookBuilder.Tests.Support.SevenBridges;

/// <summary>The files of the fake platform: names are unique in their folder, folders are deleted only when they are empty, what is overwritten gets another id.</summary>
internal sealed class FakeFiles(TimeProvider clock)
{
    private readonly Dictionary<string, FakeNode> _nodes = [];
    private readonly Dictionary<(string Project, string? Folder, string Name), FakeNode> _names = [];
    private int _made;

    /// <summary>Whether moves and copies onto a name that is taken get another name, as documented for many files at once, instead of an error.</summary>
    public bool IsRenaming { get; set; } = true;

    public IReadOnlyCollection<FakeNode> All => _nodes.Values;

    public FakeNode? this[string id] => _nodes.GetValueOrDefault(id);

    public FakeNode? At(string project, string? folder, string name) => _names.GetValueOrDefault((project, folder, name));

    public List<FakeNode> In(string project, string? folder) => [.. _nodes.Values.Where(node => node.Project == project && node.Folder == folder).OrderBy(static node => node.Name, StringComparer.Ordinal)];

    public string NewId() => Convert.ToHexStringLower(BitConverter.GetBytes(0x5f00_0000 + ++_made)) + "b9307bc041416400"[..16];

    public FakeNode Add(string project, string? folder, string name, byte[]? bytes)
    {
        var node = new FakeNode { Id = NewId(), Project = project, Folder = folder, Name = name, Bytes = bytes, CreatedOn = clock.GetUtcNow() };
        _nodes.Add(node.Id, node);
        _names.Add((project, folder, name), node);
        return node;
    }

    public void Remove(FakeNode node)
    {
        _nodes.Remove(node.Id);
        _names.Remove((node.Project, node.Folder, node.Name));
    }

    public FakeAnswer Delete(FakeNode node)
    {
        if (node.Bytes is null && In(node.Project, node.Id).Count > 0) return FakeAnswer.Error(400, 5021, "Deleting non-empty folders is not supported.");

        Remove(node);
        return new FakeAnswer(204);
    }

    public FakeAnswer CreateFolder(string project, string? folder, JsonElement body)
    {
        if (Text(body, "type") != "folder") return FakeAnswer.Error(400, 5012, "Invalid \"type\" supplied. Allowed values: [folder].");

        var name = Text(body, "name");
        if (!IsName(name)) return FakeAnswer.Error(400, 5024, "Invalid name parameter. Check the documentation.");

        return At(project, folder, name!) is null ? new FakeAnswer(201, Add(project, folder, name!, bytes: null).ToJson()) : FakeAnswer.Error(409, 5030, "Requested folder already exists.");
    }

    public FakeAnswer Copy(FakeNode node, string project, string? folder, JsonElement body)
    {
        if (node.Bytes is null) return FakeAnswer.Error(400, 5018, "Copying folders is not supported.");
        if (FreeName(project, folder, Text(body, "name") ?? node.Name) is not { } name) return FakeAnswer.FileExists();

        var copy = Add(project, folder, name, node.Bytes);
        foreach (var (key, value) in node.Metadata) copy.Metadata[key] = value;
        return new FakeAnswer(201, copy.ToJson());
    }

    public FakeAnswer Move(FakeNode node, string project, string? folder, JsonElement body)
    {
        if (node.Project != project) return FakeAnswer.Error(400, 5015, "Moving files between projects is not supported.");

        var wanted = Text(body, "name") ?? node.Name;
        if (At(project, folder, wanted) != node)
        {
            if (FreeName(project, folder, wanted) is not { } name) return FakeAnswer.FileExists();

            _names.Remove((node.Project, node.Folder, node.Name));
            (node.Folder, node.Name) = (folder, name);
            _names.Add((node.Project, node.Folder, node.Name), node);
        }

        return new FakeAnswer(200, node.ToJson());
    }

    public static string? Text(JsonElement body, string field) => body.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool IsName(string? name) => name is { Length: > 0 and <= 255 } && !name.Contains('/', StringComparison.Ordinal);

    private string? FreeName(string project, string? folder, string name)
    {
        if (At(project, folder, name) is null) return name;
        if (!IsRenaming) return null;

        var number = 1;
        while (At(project, folder, $"_{number}_{name}") is not null) number++;
        return $"_{number}_{name}";
    }
}
