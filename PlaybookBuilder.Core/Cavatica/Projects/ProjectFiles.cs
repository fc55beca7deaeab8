using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Cavatica.SevenBridges;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Storage.Remote;
using PlaybookBuilder.Core.Storage.Sbfs;

namespace PlaybookBuilder.Core.Cavatica.Projects;

/// <summary>The files of a user's project, to be looked through and taken in.</summary>
internal sealed class ProjectFiles(UserProjects projects, FileUploads uploads, IOptions<UploadOptions> limits, ILoggerFactory loggers, TimeProvider time)
{
    // Somebody waits for a listing.
    private static readonly CallLimits Limits = new(2, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(15));

    /// <summary>What lies directly in a folder, a part at a time, in the platform's order.</summary>
    /// <param name="folder">The folder's id; null for the top of the project.</param>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    /// <exception cref="CavaticaAccountException">There is no project, no such folder, or the platform can't be asked.</exception>
    public async Task<ProjectFolderPart> ListAsync(Actor actor, string? folder, int offset, int limit, CancellationToken cancellationToken)
    {
        var project = await projects.OpenAsync(actor, AccessScopes.Upload, cancellationToken).ConfigureAwait(false);
        return await AskAsync(async () =>
        {
            var place = folder is null ? SevenBridgesPlace.TopOf(project.Id) : SevenBridgesPlace.In(folder);
            var (files, total) = await Connect(project).Files.ListPartAsync(place, offset, limit, cancellationToken).ConfigureAwait(false);
            return new ProjectFolderPart(files, HasMore: total is null ? files.Count == limit : offset + files.Count < total);
        }).ConfigureAwait(false);
    }

    /// <summary>Takes a file in for a user, whose it then is: what happens to it in the project later changes nothing here.</summary>
    /// <param name="fileId">The platform's.</param>
    /// <param name="onProgress">Hears how far it is.</param>
    /// <exception cref="AccessException">Nobody is signed in.</exception>
    /// <exception cref="CavaticaAccountException">There is no project, no such file, or the platform can't be asked.</exception>
    /// <exception cref="FetchException">Its bytes break off.</exception>
    /// <exception cref="UploadRefusedException">The user has no room for it, or it is larger than is taken.</exception>
    /// <exception cref="StorageException">Its bytes don't come, or can't be stored.</exception>
    public async Task<FileUrl> TakeAsync(Actor actor, string fileId, Action<FetchProgress> onProgress, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Upload);
        var project = await projects.OpenAsync(actor, AccessScopes.Upload, cancellationToken).ConfigureAwait(false);
        var client = Connect(project);
        var file = await AskAsync(() => client.Files.FindAsync(fileId, cancellationToken)).ConfigureAwait(false);
        if (file is null or { IsFolder: true }) throw Missing();
        if (file.Size > limits.Value.MaxBytes) throw TooLarge();

        var body = await OpenAsync(client, file, cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            onProgress(new FetchProgress(0, file.Size));
            // The stream asks again by itself where it breaks off.
            var followed = new FetchedBody(body, file.Size, static (_, _) => Task.FromResult<Stream?>(null), received => onProgress(new FetchProgress(received, file.Size)), time);
            await using (followed.ConfigureAwait(false))
                return await uploads.AddAsync(file.Name, followed, user, cancellationToken).ConfigureAwait(false) ?? throw TooLarge();
        }
    }

    private static async Task<Stream> OpenAsync(SevenBridgesClient client, SevenBridgesFile file, CancellationToken cancellationToken)
    {
        var stream = new SbfsReadStream(client, StoragePath.TryParse(file.Name, out var path) ? path : StoragePath.Parse("file"), file.Id, file.Size ?? 0, 0, file.Size ?? 0, CallRetries.Default);
        try
        {
            if (await stream.TryOpenAsync(CallRetries.Default, cancellationToken).ConfigureAwait(false)) return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await stream.DisposeAsync().ConfigureAwait(false);
        throw Missing();
    }

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (SevenBridgesException exception) when (exception.Kind is SevenBridgesErrorKind.Unauthorized or SevenBridgesErrorKind.Forbidden)
        {
            throw new CavaticaAccountException(CavaticaAccountProblem.KeyRefused, "CAVATICA does not accept your key for this any more. Enter it again on the page Integrations of your account.", exception);
        }
        catch (SevenBridgesException exception) when (exception.Kind == SevenBridgesErrorKind.NotFound)
        {
            throw Missing(exception);
        }
        catch (SevenBridgesException exception)
        {
            throw new CavaticaAccountException(CavaticaAccountProblem.Unreachable, $"CAVATICA could not be asked. {exception.Message}{(exception.IsRetryable ? " Try again in a moment." : "")}", exception);
        }
    }

    private static CavaticaAccountException Missing(Exception? inner = null) => new(CavaticaAccountProblem.Missing, "This is not in the project any more.", inner);

    private UploadRefusedException TooLarge() => UploadRefusedException.TooLarge(limits.Value.MaxBytes);

    private SevenBridgesClient Connect(UserProject project) =>
        new(new SevenBridgesSettings { Endpoint = project.Endpoint, Token = project.Key, Limits = Limits }, loggers.CreateLogger<SevenBridgesClient>());
}

/// <summary>Some of what lies directly in a folder of a project.</summary>
/// <param name="HasMore">Whether there is more behind it.</param>
internal sealed record ProjectFolderPart(IReadOnlyList<SevenBridgesFile> Files, bool HasMore);
