using System.Globalization;
using Microsoft.Data.Sqlite;
using PlaybookBuilder.Core.Storage.Local;

namespace PlaybookBuilder.Core.Database.Sqlite;

/// <summary>Copies of the embedded database's file, made before its schema changes.</summary>
internal static class SqliteBackup
{
    private const string Mark = ".before-";
    private const int Most = 3;

    /// <param name="version">The version that the file is about to get.</param>
    public static string PathOf(string path, int version) => path + Mark + version.ToString(CultureInfo.InvariantCulture);

    /// <summary>Copies all that was committed, whether it stands in the file already or in its log; the copy is whole or not there.</summary>
    /// <exception cref="DatabaseUnavailableException">The copy can't be made.</exception>
    public static string Make(SqliteConnection connection, string path, int version)
    {
        var backup = PathOf(path, version);
        var unfinished = backup + ".unfinished";
        try
        {
            File.Delete(unfinished);
            using (var command = connection.CreateCommand())
            {
                command.CommandText = "VACUUM INTO @file";
                command.Parameters.AddWithValue("@file", unfinished);
                command.ExecuteNonQuery();
            }

            // SQLite does not wait for the disk here.
            using (var file = new FileStream(unfinished, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
            File.Move(unfinished, backup, overwrite: true);
            DirectorySync.Sync(Path.GetDirectoryName(backup)!);
            return backup;
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new DatabaseUnavailableException($"The database {path} is older than this program and has to be migrated, but can't be copied before ({exception.Message}). Make room for {backup}, or use the program before this one.", exception);
        }
    }

    /// <summary>Leaves the newest copies.</summary>
    public static void RemoveOld(string path)
    {
        var start = path + Mark;
        var copies = Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(start) + "*")
            .Select(file => (File: file, IsOne: int.TryParse(file[start.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var version), Version: version))
            .Where(copy => copy.IsOne)
            .OrderByDescending(copy => copy.Version);
        foreach (var copy in copies.Skip(Most)) File.Delete(copy.File);
    }
}
