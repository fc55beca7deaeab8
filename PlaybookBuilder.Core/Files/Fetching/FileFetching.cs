using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Storage.Drs;

namespace PlaybookBuilder.Core.Files.Fetching;

/// <summary>Takes files in from where their URLs lead.</summary>
internal sealed class FileFetching(GuardedRequests requests, DrsClient drsClient, DrsObjects objects, UploadContents contents, FileUploads uploads, IOptions<FetchOptions> limits, IOptions<UploadOptions> sizes, TimeProvider time)
{
    // So many at once in this program; more wait.
    private const int Most = 16;

    private readonly SemaphoreSlim _places = new(Most);

    /// <summary>Fetches a file for a user, whose it then is.</summary>
    /// <param name="text">Its URL: http, https, drs, s3 or gs; a drs:// address of a file here is that file once more.</param>
    /// <param name="onProgress">Hears how far it is.</param>
    /// <exception cref="FetchException">It can't be fetched.</exception>
    /// <exception cref="AccessException">Nobody is signed in, or the file here is not for the actor.</exception>
    public async Task<FileUrl> FetchAsync(Actor actor, string text, Action<FetchProgress> onProgress, CancellationToken cancellationToken)
    {
        var user = actor.RequireUser(AccessScopes.Upload);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(limits.Value.MaxSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await _places.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                return await FetchAnyAsync(actor, user, text.Trim(), onProgress, either.Token).ConfigureAwait(false) ?? throw TooLarge();
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FetchException(FetchProblem.TooSlow, $"The file did not come within {limits.Value.MaxSeconds} seconds.", error);
        }
    }

    private async Task<FileUrl?> FetchAnyAsync(Actor actor, Guid user, string text, Action<FetchProgress> onProgress, CancellationToken cancellationToken)
    {
        if (DrsUri.TryParse(text, out var drs)) return await FetchObjectAsync(actor, user, drs, onProgress, cancellationToken).ConfigureAwait(false);
        if (!CompactIdentifier.TryParse(text, out var identifier)) return await FetchAsync(user, FetchUrl.Read(text), [], null, onProgress, cancellationToken).ConfigureAwait(false);

        var (access, name) = await drsClient.FindAsync(identifier, cancellationToken).ConfigureAwait(false);
        return await FetchAsync(user, access.Url, access.Headers, name, onProgress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FileUrl?> FetchObjectAsync(Actor actor, Guid user, DrsUri drs, Action<FetchProgress> onProgress, CancellationToken cancellationToken)
    {
        // Ids are random, so one that is known here is ours, whatever the host was called then.
        var (_, upload, problem) = (await objects.FindAsync(actor, [drs.Id], refuse: true, cancellationToken).ConfigureAwait(false))[0];
        if (upload is not null) return await CopyAsync(upload, user, onProgress, cancellationToken).ConfigureAwait(false);
        if (problem is AccessProblem.Forbidden) throw AccessException.NotFound($"There is no file {drs} for you.");

        var (access, name) = await drsClient.FindAsync(drs, cancellationToken).ConfigureAwait(false);
        return await FetchAsync(user, access.Url, access.Headers, name, onProgress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FileUrl?> CopyAsync(Upload upload, Guid user, Action<FetchProgress> onProgress, CancellationToken cancellationToken)
    {
        var body = await OpenAsync(upload, cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            onProgress(new FetchProgress(0, upload.Size));
            return await uploads.AddAsync(upload.Filename, body, user, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Stream> OpenAsync(Upload upload, CancellationToken cancellationToken)
    {
        try
        {
            return await contents.OpenAsync(upload, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is ProcessFailedException or TransientException)
        {
            throw new FetchException(FetchProblem.NotGiven, error.Message, error);
        }
    }

    private async Task<FileUrl?> FetchAsync(Guid user, Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, string? name, Action<FetchProgress> onProgress, CancellationToken cancellationToken)
    {
        using var answer = await requests.GetAsync(url, headers, null, cancellationToken).ConfigureAwait(false);
        var length = answer.Content.Headers.ContentLength;
        if (length > sizes.Value.MaxBytes) throw TooLarge();

        onProgress(new FetchProgress(0, length));
        var first = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var body = new FetchedBody(first, length, (from, token) => ReopenAsync(url, headers, answer, from, token), received => onProgress(new FetchProgress(received, length)), time);
        await using (body.ConfigureAwait(false)) return await uploads.AddAsync(name ?? NameOf(answer, url), body, user, cancellationToken).ConfigureAwait(false);
    }

    private FetchException TooLarge() => new(FetchProblem.TooLarge, UploadRefusedException.TooLarge(sizes.Value.MaxBytes).Message);

    private async Task<Stream?> ReopenAsync(Uri url, IReadOnlyList<KeyValuePair<string, string>> headers, HttpResponseMessage first, long from, CancellationToken cancellationToken)
    {
        // Without a strong tag the rest might be that of another file.
        if (first.Headers.ETag is not { IsWeak: false } tag) return null;

        var answer = await requests.GetAsync(url, headers, (from, tag), cancellationToken).ConfigureAwait(false);
        if (answer.Content.Headers.ContentRange?.From == from) return await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);

        answer.Dispose();
        return null;
    }

    private static string NameOf(HttpResponseMessage answer, Uri url)
    {
        var given = answer.Content.Headers.ContentDisposition is { } disposition ? disposition.FileNameStar ?? disposition.FileName?.Trim('"') : null;
        return string.IsNullOrWhiteSpace(given) ? Uri.UnescapeDataString(url.Segments[^1]) : given;
    }
}
