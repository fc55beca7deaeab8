using System.ComponentModel;
using System.Runtime.InteropServices;

namespace PlaybookBuilder.Core.Storage.Local;

/// <summary>Makes the names in a directory durable. A rename survives a power cut only after that, and .NET opens no directories.</summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;
    private const int NotFound = 2;

    /// <remarks>A directory that was removed meanwhile has no names to keep.</remarks>
    /// <exception cref="IOException">The directory could not be synced.</exception>
    public static void Sync(string directory)
    {
        // Windows journals names itself and has no such call.
        if (OperatingSystem.IsWindows())
            return;

        var descriptor = Open(directory, ReadOnly);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() == NotFound)
            return;

        if (descriptor < 0)
            throw Error();

        try
        {
            if (Fsync(descriptor) != 0)
                throw Error();
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Error()
    {
        var number = Marshal.GetLastPInvokeError();
        return new IOException(new Win32Exception(number).Message, number);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static extern int Fsync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int descriptor);
}
