using System.Net.Sockets;
using Renci.SshNet.Common;
using Renci.SshNet.Sftp;

namespace PlaybookBuilder.Core.Storage.Sftp;

/// <summary>The one place where exceptions of the SSH client become <see cref="StorageException"/>s.</summary>
internal static class SftpErrors
{
    public static bool IsOfTheClient(Exception error) => error is SshException or SocketException or IOException or ObjectDisposedException or TimeoutException or NotSupportedException;

    public static StorageException From(Exception error, StoragePath? path) => error switch
    {
        SftpPathNotFoundException => new StorageException(StorageErrorKind.NotFound, $"There is no {Name(path)} in the storage.", error),
        SftpPermissionDeniedException => new StorageException(StorageErrorKind.AccessDenied, $"The SFTP server refuses access to {Name(path)}: look at the rights of its user there.", error),
        SshAuthenticationException => new StorageException(StorageErrorKind.AccessDenied, $"The SFTP server lets nobody in with this user name and this password or key, so {Name(path)} is out of reach.", error),
        // What sftp-server makes of ENAMETOOLONG.
        SftpException { StatusCode: StatusCode.BadMessage } => new StorageException(StorageErrorKind.InvalidPath, $"The path of {Name(path)} is too long for the SFTP server.", error),
        SftpException { StatusCode: StatusCode.NoConnection or StatusCode.ConnectionLost } => Unreachable(error, path),
        SftpException => new StorageException(StorageErrorKind.Failed, $"The SFTP server failed on {Name(path)}, and does not say why; a full disk is one reason.", error),
        NotSupportedException => new StorageException(StorageErrorKind.Unsupported, "The SFTP server can't replace a file in one step (posix-rename@openssh.com); OpenSSH's can.", error),
        _ => Unreachable(error, path),
    };

    private static StorageException Unreachable(Exception error, StoragePath? path) => new(StorageErrorKind.Unavailable, $"The SFTP server can't be reached for {Name(path)}.", error);

    private static string Name(StoragePath? path) => path is null ? "the storage's folder" : $"'{path}'";
}
