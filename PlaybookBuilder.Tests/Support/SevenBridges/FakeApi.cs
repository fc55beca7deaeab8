using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PlaybookBuilder.Tests.Support.SevenBridges;

/// <summary>The calls of the fake platform's API, one at a time.</summary>
internal sealed class FakeApi(FakeFiles files, FakeObjects objects, object stateLock, TimeProvider clock)
{
    /// <summary>By their tokens.</summary>
    public Dictionary<string, string> Users { get; } = [];

    /// <summary>Who is a member, and who of them may write.</summary>
    public Dictionary<string, Dictionary<string, bool>> Projects { get; } = [];

    public Dictionary<string, (int Revision, JsonElement Raw)> Apps { get; } = [];

    public Dictionary<string, FakeUpload> Uploads { get; } = [];

    public long SmallestPart { get; set; } = 5 * 1024 * 1024;

    public long? PartSize { get; set; }

    public FakeAnswer Answer(HttpRequest request, JsonElement body)
    {
        if (!Monitor.IsEntered(stateLock)) throw new InvalidOperationException("One call at a time.");
        if (!Users.TryGetValue($"{request.Headers[FakeSevenBridges.TokenHeader]}", out var user)) return FakeAnswer.Error(401, 40101, "Unauthorized");

        var path = request.Path.Value!.Trim('/').Split('/');
        if (path[0] != "v2") return FakeAnswer.Error(404, 404, "HTTP 404 Not Found");

        return (request.Method, path[1..]) switch
        {
            ("GET", ["user"]) => new FakeAnswer(200, new { href = "/v2/user", username = user, email = $"{user}@example.org", first_name = user, last_name = "" }),
            ("GET", ["projects"]) => FakeAnswer.Page(request, [.. Projects.Where(project => project.Value.ContainsKey(user)).Select(static project => project.Key).Where(id => NameOf(id).Contains($"{request.Query["name"]}", StringComparison.Ordinal)).Order(StringComparer.Ordinal)], ProjectJson),
            ("GET", ["projects", var owner, var name]) => MayRead(user, $"{owner}/{name}") ?? new FakeAnswer(200, ProjectJson($"{owner}/{name}")),
            ("GET", ["apps", var owner, var name, var app]) => MayRead(user, $"{owner}/{name}") ?? App($"{owner}/{name}", app),
            (_, ["files", ..]) => AnswerFiles(request, body, user, path[2..]),
            (_, ["upload", "multipart", ..]) => AnswerUploads(request, body, user, path[3..]),
            _ => FakeAnswer.Error(404, 404, "HTTP 404 Not Found"),
        };
    }

    private static string NameOf(string project) => project.Split('/')[1];

    private static object ProjectJson(string id) => new { href = $"/v2/projects/{id}", id, name = NameOf(id) };

    private FakeAnswer App(string project, string app) => Apps.TryGetValue($"{project}/{app}", out var known)
        ? new FakeAnswer(200, new { href = $"/v2/apps/{project}/{app}", id = $"{project}/{app}/{known.Revision}", project, name = app, revision = known.Revision, raw = known.Raw })
        : FakeAnswer.Error(404, 6002, "Requested app/revision does not exist.");

    private FakeAnswer? MayRead(string user, string project)
    {
        if (!Projects.TryGetValue(project, out var members)) return FakeAnswer.Error(404, 3002, "Requested project or member does not exist.");

        return members.ContainsKey(user) ? null : FakeAnswer.Error(403, 3001, "Not enough privileges to access the requested project/member.");
    }

    private FakeAnswer? MayWrite(string user, string project) =>
        MayRead(user, project) ?? (Projects[project][user] ? null : FakeAnswer.Error(403, 5001, "Insufficient privileges to access the requested file."));

    private FakeAnswer AnswerFiles(HttpRequest request, JsonElement body, string user, string[] path)
    {
        if (path is [] && request.Method is "GET") return List(request, user);
        if (path is [] && request.Method is "POST") return WhereTo(user, body, out var project, out var folder) ?? files.CreateFolder(project, folder, body);
        if (files[path[0]] is not { } node) return FakeAnswer.NoFile();
        if ((request.Method is "GET" ? MayRead(user, node.Project) : MayWrite(user, node.Project)) is { } refusal) return refusal.Status == 404 ? refusal : FakeAnswer.Error(403, 5001, "Insufficient privileges to access the requested file.");

        return (request.Method, path[1..]) switch
        {
            ("GET", []) => new FakeAnswer(200, node.ToJson()),
            ("DELETE", []) => files.Delete(node),
            ("GET", ["download_info"]) => node.Bytes is null ? FakeAnswer.Error(400, 5017, "Downloading folders is not supported.") : new FakeAnswer(200, new { url = objects.Sign($"/objects/{node.Id}") }),
            ("POST", ["actions", "copy"]) => WhereTo(user, body, out var project, out var folder) ?? files.Copy(node, project, folder, body),
            ("POST", ["actions", "move"]) => WhereTo(user, body, out var project, out var folder) ?? files.Move(node, project, folder, body),
            ("PATCH", ["metadata"]) => SetMetadata(node, body),
            ("PUT", ["tags"]) => SetTags(node, body),
            _ => FakeAnswer.Error(404, 404, "HTTP 404 Not Found"),
        };
    }

    private FakeAnswer List(HttpRequest request, string user)
    {
        var (project, parent, name) = ($"{request.Query["project"]}", $"{request.Query["parent"]}", request.Query["name"]);
        if (project == "" == (parent == "")) return project == "" ? FakeAnswer.Error(400, 5029, "Missing \"parent\" or \"project\" field. These fields must be included together.") : FakeAnswer.Error(400, 5031, "Providing both \"parent\" and \"project\" is not allowed.");
        if (parent != "" && (files[parent] is not { } folder || (project = folder.Project) == "")) return FakeAnswer.NoFile();
        if (MayRead(user, project) is { } refusal) return refusal;
        if (parent != "" && files[parent]!.Bytes is not null) return FakeAnswer.Error(400, 5022, "The parent specified is not a folder.");

        var id = parent == "" ? null : parent;
        IReadOnlyList<FakeNode> found = name.Count == 0 ? files.In(project, id) : files.At(project, id, $"{name}") is { } node ? [node] : [];
        return FakeAnswer.Page(request, found, static node => node.ToJson());
    }

    private FakeAnswer? WhereTo(string user, JsonElement body, out string project, out string? folder)
    {
        (project, folder) = (FakeFiles.Text(body, "project") ?? "", FakeFiles.Text(body, "parent"));
        if (project == "" == folder is null) return project == "" ? FakeAnswer.Error(400, 5029, "Missing \"parent\" or \"project\" field. These fields must be included together.") : FakeAnswer.Error(400, 5031, "Providing both \"parent\" and \"project\" is not allowed.");
        if (folder is not null)
        {
            if (files[folder] is not { } node) return FakeAnswer.Error(404, 5026, "Destination folder is not found.");
            if (node.Bytes is not null) return FakeAnswer.Error(400, 5022, "The parent specified is not a folder.");

            project = node.Project;
        }

        return MayWrite(user, project);
    }

    private static FakeAnswer SetMetadata(FakeNode node, JsonElement body)
    {
        foreach (var property in body.EnumerateObject()) node.Metadata[property.Name] = $"{property.Value}";
        return new FakeAnswer(200, node.Metadata);
    }

    private static FakeAnswer SetTags(FakeNode node, JsonElement body)
    {
        node.Tags = [.. body.EnumerateArray().Select(static tag => $"{tag}")];
        return new FakeAnswer(200, node.Tags);
    }

    private FakeAnswer AnswerUploads(HttpRequest request, JsonElement body, string user, string[] path)
    {
        if (path is [] && request.Method is "GET") return FakeAnswer.Page(request, [.. Uploads.Values.Where(upload => upload.User == user).OrderBy(static upload => upload.Id, StringComparer.Ordinal)], static upload => upload.ToJson());
        if (path is [] && request.Method is "POST") return Begin(body, user, request.Query["overwrite"] == "true");
        if (!Uploads.TryGetValue(path[0], out var upload) || upload.User != user) return FakeAnswer.NoUpload();

        return (request.Method, path[1..]) switch
        {
            ("GET", []) => new FakeAnswer(200, upload.ToJson()),
            ("DELETE", []) => Uploads.Remove(upload.Id) ? new FakeAnswer(204) : FakeAnswer.NoUpload(),
            ("GET", ["part", var number]) => new FakeAnswer(200, new { method = "PUT", url = objects.Sign($"/parts/{upload.Id}/{number}"), expires = clock.GetUtcNow() + objects.Lifetime, headers = new { }, success_codes = new[] { 200 }, report = new { headers = new[] { "ETag" } } }),
            ("POST", ["part"]) => upload.Report(body.GetProperty("part_number").GetInt32(), TagIn(body)) ? new FakeAnswer(200, new { }) : FakeAnswer.Error(400, 8014, "The reported part was not uploaded."),
            ("POST", ["complete"]) => Complete(upload),
            _ => FakeAnswer.Error(404, 404, "HTTP 404 Not Found"),
        };
    }

    private static string? TagIn(JsonElement body) => FakeFiles.Text(body.GetProperty("response").GetProperty("headers"), "ETag");

    private FakeAnswer Begin(JsonElement body, string user, bool isOverwriting)
    {
        if (WhereTo(user, body, out var project, out var folder) is { } refusal) return refusal;

        var name = FakeFiles.Text(body, "name");
        if (!FakeFiles.IsName(name)) return FakeAnswer.Error(400, 8011, "Invalid name parameter. Check the documentation.");
        if (files.At(project, folder, name!) is { } taken && (!isOverwriting || taken.Bytes is null)) return FakeAnswer.Error(409, 8005, "Requested file already exists");

        var upload = new FakeUpload
        {
            Id = files.NewId(),
            User = user,
            Project = project,
            Folder = folder,
            Name = name!,
            Size = body.TryGetProperty("size", out var size) ? size.GetInt64() : null,
            PartSize = PartSize ?? Math.Max(SmallestPart, body.TryGetProperty("part_size", out var preferred) ? preferred.GetInt64() : 0),
            IsOverwriting = isOverwriting,
            Initiated = clock.GetUtcNow(),
        };
        Uploads.Add(upload.Id, upload);
        return new FakeAnswer(200, upload.ToJson());
    }

    private FakeAnswer Complete(FakeUpload upload)
    {
        if (upload.Folder is not null && files[upload.Folder] is null) return FakeAnswer.Error(404, 5026, "Destination folder is not found.");
        if (files.At(upload.Project, upload.Folder, upload.Name) is { } taken && (!upload.IsOverwriting || taken.Bytes is null)) return FakeAnswer.Error(409, 8005, "Requested file already exists");
        if (upload.Assemble() is not { } bytes) return FakeAnswer.Error(409, 8007, "Failed to complete upload.");

        if (files.At(upload.Project, upload.Folder, upload.Name) is { } old) files.Remove(old);
        Uploads.Remove(upload.Id);
        return new FakeAnswer(200, files.Add(upload.Project, upload.Folder, upload.Name, bytes).ToJson());
    }
}
