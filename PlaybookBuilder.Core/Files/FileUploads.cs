using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Files.Drs;

namespace PlaybookBuilder.Core.Files;

/// <summary>Takes files in: bytes into the storage, a record into the database, and an address for both.</summary>
public sealed class FileUploads(FileIngest ingest, IUploadStore uploads, UploadQuota quota, IOptions<UploadOptions> limits, IOptions<FileAddressOptions> address, TimeProvider time)
{
    private const int LongestFilename = 255;

    /// <summary>Takes one file in.</summary>
    /// <param name="filename">As the sender names it; only its last part is kept.</param>
    /// <param name="userId">Whose it is; null for a file that a process made.</param>
    /// <returns>The file's address, or null when it is larger than allowed.</returns>
    /// <exception cref="UploadRefusedException">The user has no room for it.</exception>
    public async Task<FileUrl?> AddAsync(string filename, Stream body, Guid? userId, CancellationToken cancellationToken)
    {
        Upload? upload = null;
        var room = userId is { } user ? await quota.FindRoomAsync(user, cancellationToken).ConfigureAwait(false) : null;
        try
        {
            await ingest.IngestAsync(body, KeepAsync, Math.Min(room ?? long.MaxValue, limits.Value.MaxBytes), cancellationToken).ConfigureAwait(false);
        }
        catch when (upload is not null)
        {
            // The record must not stay where the bytes may be missing.
            await uploads.DeleteAsync(upload.Id, userId, CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        if (upload is null && room < limits.Value.MaxBytes) throw quota.RefusalOf(room.Value);

        return upload?.ToFile(address.Value.Host);

        Task KeepAsync(IngestOutcome.Stored stored)
        {
            upload = new Upload(DrsUri.NewId(), stored.Sha256, stored.Size, CleanName(filename), userId, time.GetUtcNow());
            return uploads.AddAsync(upload, cancellationToken);
        }
    }

    // Browsers may send a path, and whatever the name is used for later, control characters do no good in it.
    internal static string CleanName(string filename)
    {
        var name = filename[(filename.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new string([.. name.Where(c => !char.IsControl(c) && !char.IsSurrogate(c)).Take(LongestFilename)]).Trim();
        return clean.Length == 0 ? "file" : clean;
    }
}
