using System.Security.Cryptography;
using Renci.SshNet.Sftp;

namespace PlaybookBuilder.Core.Storage.Sftp;

/// <summary>
/// What tells one file from the next of the same name. The protocol has no versions and no tags, and of times whole seconds only, so each blob that is written here gets a random time of
/// last access in a far future (<see cref="Tag"/>): servers keep it, and file systems don't change it on reading, because they note an access only where the noted one is older than the
/// last change or than a day (<c>relatime</c>).
/// </summary>
/// <param name="Size">In bytes.</param>
/// <param name="ModifiedAt">In whole seconds.</param>
/// <param name="Tag">Null for files that something else put there.</param>
internal sealed record SftpFileIdentity(long Size, DateTimeOffset ModifiedAt, long? Tag)
{
    /// <summary>A file without a tag whose last change is older than this, by this machine's clock, was not changed twice within the second that its time names.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(5);

    // The protocol has 32 bits for a time, which end in February 2106. File systems that end in 2038 cut a tag down to that, and it is none then.
    private static readonly long FirstTag = new DateTimeOffset(2070, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    public static SftpFileIdentity Of(SftpFileAttributes file)
    {
        var accessed = new DateTimeOffset(file.LastAccessTimeUtc).ToUnixTimeSeconds();
        return new SftpFileIdentity(file.Size, new DateTimeOffset(file.LastWriteTimeUtc), accessed >= FirstTag ? accessed : null);
    }

    public static long NewTag() => FirstTag + RandomNumberGenerator.GetInt32((int)(uint.MaxValue - FirstTag));

    /// <summary>Whether this, which was seen at a moment, is without doubt the same file as another.</summary>
    public bool IsSurely(SftpFileIdentity other, DateTimeOffset seenAt) => this == other && (Tag is not null || ModifiedAt < seenAt - Settled);
}
