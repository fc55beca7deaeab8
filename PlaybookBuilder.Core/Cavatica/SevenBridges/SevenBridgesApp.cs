using System.Text.Json;

namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <param name="Id">Such as <c>user/project/app/3</c>, the revision at the end.</param>
/// <param name="Raw">Its CWL.</param>
public sealed record SevenBridgesApp(string Id, string? Project, string? Name, int Revision, JsonElement Raw);
