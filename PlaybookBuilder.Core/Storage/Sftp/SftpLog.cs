using Microsoft.Extensions.Logging;

namespace PlaybookBuilder.Core.Storage.Sftp;

internal static partial class SftpLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Any machine that answers as the SFTP server '{Host}' is believed: set host_key to SHA256:{Fingerprint} if that is its key")]
    public static partial void BelievesAnyKey(ILogger logger, string host, string fingerprint);
}
