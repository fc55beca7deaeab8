using System.Data.Common;

namespace PlaybookBuilder.Tests.Files.Kills;

/// <summary>The program as a process of its own, which is killed and started again on the same data.</summary>
/// <param name="start">Starts it and gives its address, and how it is killed.</param>
/// <param name="files">The folder in which it keeps files.</param>
/// <param name="connect">Connects to its database.</param>
/// <param name="ago">A column of a time, so many seconds earlier, as the database says it.</param>
internal sealed class KilledServer(Func<Task<(Uri Address, Func<Task> Kill)>> start, string files, Func<DbConnection> connect, Func<string, long, string> ago)
{
    private TaskCompletionSource<Uri> _address = NewAddress();
    private Func<Task>? _kill;

    public string Files => files;

    /// <summary>Where it is; waits while it is down.</summary>
    public Task<Uri> AddressAsync() => Volatile.Read(ref _address).Task;

    public async Task StartAsync()
    {
        (var address, _kill) = await start();
        _address.SetResult(address);
    }

    public async Task KillAsync()
    {
        // Before, so that nobody takes a dead one's address for that of the next.
        Volatile.Write(ref _address, NewAddress());
        await _kill!();
    }

    /// <summary>Makes everything older by so much: while it is down, and for all that it looks at.</summary>
    public async Task AgeAsync(TimeSpan age)
    {
        var seconds = (long)age.TotalSeconds;
        foreach (var file in Directory.Exists(files) ? Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories) : []) File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file) - age);
        await using var connection = connect();
        await connection.OpenAsync();
        foreach (var (table, column) in new[] { ("shared_turn", "taken"), ("resumable_upload", "expires"), ("upload", "created") })
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE {table} SET {column} = {ago(column, seconds)}";
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Reads rows of text.</summary>
    public async Task<List<string[]>> ReadAsync(string sql)
    {
        await using var connection = connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => Convert.ToString(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture)!)]);
        return rows;
    }

    private static TaskCompletionSource<Uri> NewAddress() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
