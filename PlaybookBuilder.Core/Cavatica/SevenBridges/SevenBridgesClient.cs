using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace PlaybookBuilder.Core.Cavatica.SevenBridges;

/// <summary>
/// A client of the Seven Bridges API v2, of which CAVATICA is one platform: who the token belongs to, projects and apps; <see cref="Files"/>; <see cref="Uploads"/>. For one endpoint and one
/// token; safe for many callers at once. Clients of the same token share what is known of its rate limit and their connections, so that one may be made whenever one is needed.
/// </summary>
/// <remarks>Every failure is a <see cref="SevenBridgesException"/>. The token is sent to the endpoint only, never to the hosts of signed addresses.</remarks>
public sealed class SevenBridgesClient
{
    private readonly SevenBridgesApi _api;

    /// <exception cref="ArgumentException">The settings can't be used; see <see cref="SevenBridgesSettings.Problem"/>.</exception>
    public SevenBridgesClient(SevenBridgesSettings settings, ILogger<SevenBridgesClient>? logger = null)
    {
        _api = new SevenBridgesApi(settings, logger ?? NullLogger<SevenBridgesClient>.Instance);
        Files = new SevenBridgesFiles(_api);
        Uploads = new SevenBridgesUploads(_api);
    }

    public SevenBridgesFiles Files { get; }

    public SevenBridgesUploads Uploads { get; }

    /// <summary>Whom the token belongs to; the plainest way to learn whether it works.</summary>
    public Task<SevenBridgesUser> GetUserAsync(CancellationToken cancellationToken) => _api.GetAsync<SevenBridgesUser>("user", cancellationToken);

    /// <summary>The projects that the token's owner is a member of.</summary>
    /// <param name="name">Only those whose names contain it; null is all.</param>
    public IAsyncEnumerable<SevenBridgesProject> ListProjectsAsync(string? name, CancellationToken cancellationToken) =>
        _api.ListAsync<SevenBridgesProject>(name is null ? "projects" : $"projects?name={SevenBridgesApi.Escape(name)}", static project => project.Id, cancellationToken);

    /// <summary>Null when there is no such project.</summary>
    /// <param name="project">Such as <c>user/project</c>.</param>
    public Task<SevenBridgesProject?> FindProjectAsync(string project, CancellationToken cancellationToken) => _api.FindAsync<SevenBridgesProject>($"projects/{SevenBridgesProject.EscapeId(project)}", cancellationToken);

    /// <summary>The newest revision of an app; null when the project has none of that name.</summary>
    public Task<SevenBridgesApp?> FindAppAsync(string project, string app, CancellationToken cancellationToken) =>
        _api.FindAsync<SevenBridgesApp>($"apps/{SevenBridgesProject.EscapeId(project)}/{SevenBridgesApi.Escape(app)}", cancellationToken);
}
