using System.Diagnostics;
using System.Security.Cryptography;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>Many who upload the same file at once to two programs: it is stored once, and each has a record.</summary>
internal sealed class SameContentRow : IRow
{
    private const int Uploaders = 64;
    private const int Size = 8 << 20;

    private static readonly string What = $"Postgres: {Uploaders} upload the same {Size >> 20} MiB at once to two programs";

    public string Name => "same-content";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        await using var database = await SharedDatabase.StartAsync(bench);
        if (database is null) return [Measurement.Unmeasured(What, Workbench.NoPostgres)];

        ServedProgram[] programs = [await database.AddReplicaAsync(), await database.AddReplicaAsync()];
        using var folder = new TemporaryFolder();
        var (same, others) = (await WriteAsync(folder, 1), await WriteAsync(folder, Uploaders));
        var different = await UploadAsync(programs, others);
        var (contents, records) = (Contents(database).Length, await CountAsync(database, others.Length));
        var elapsed = await UploadAsync(programs, [.. Enumerable.Repeat(same[0], Uploaders)]);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(same[0])));
        var stored = Path.Combine(database.Files, sha256);
        var isRight = File.Exists(stored) && Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(stored))) == sha256;
        var (objects, rows) = (Contents(database).Length - contents, await CountAsync(database, 0) - records);
        return
        [
            new()
            {
                What = What,
                Claims = [new("one object", $"{objects} with the {(isRight ? "right" : "wrong")} bytes", objects == 1 && isRight), new($"{Uploaders} records", $"{rows}", rows == Uploaders)],
                Yardstick = new(Quantity.Seconds(different), elapsed, $"{Uploaders} different files of that size."),
                Reference = "-",
                Note = $"All of them in {elapsed:0.00} s.",
            },
        ];
    }

    // Whatever else lies there, as what was never completed, would count too.
    private static string[] Contents(SharedDatabase database) => Directory.GetFiles(database.Files, "*", SearchOption.AllDirectories);

    private static async Task<long> CountAsync(SharedDatabase database, int atLeast)
    {
        await using var connections = database.Connect();
        await using var count = connections.CreateCommand("SELECT count(*) FROM upload");
        var records = (long)(await count.ExecuteScalarAsync())!;
        return records >= atLeast ? records : throw new InvalidOperationException($"There are {records} records of {atLeast} uploads.");
    }

    private static async Task<string[]> WriteAsync(TemporaryFolder folder, int files)
    {
        var paths = Enumerable.Range(0, files).Select(number => Path.Combine(folder.Path, $"{files}-{number}")).ToArray();
        foreach (var path in paths) await File.WriteAllBytesAsync(path, RandomNumberGenerator.GetBytes(Size));
        return paths;
    }

    /// <returns>How many seconds all of them took.</returns>
    private static async Task<double> UploadAsync(ServedProgram[] programs, string[] files)
    {
        var clients = files.Select((_, number) => new LoadClient(programs[number % programs.Length].Address)).ToArray();
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(files.Zip(clients, static (file, client) => Task.Run(() => AirwayRow.UploadAsync(client, file))));
        var elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        foreach (var client in clients) client.Dispose();
        return elapsed;
    }
}
