using System.Security.Cryptography;

namespace PlaybookBuilder.Tests.Files.Kills;

/// <summary>
/// Uploads to a program that is killed at random moments and started again. Afterwards every upload that was answered has its bytes, no record names bytes that are not there or are others, and what the kills left goes by itself.
/// </summary>
internal sealed class IngestKills(KilledServer server)
{
    private const int Uploaders = 6;
    private const int Soonest = 50;
    private const int Latest = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly UploadLedger _ledger = new();
    private readonly List<string> _faults = [];

    /// <param name="seed">Of what is uploaded and when it is killed; how far each is then is chance all the same.</param>
    /// <param name="killed">Told after each kill.</param>
    public async Task<IngestKillsOutcome> RunAsync(int kills, int seed, Action<int>? killed = null)
    {
        using var stopping = new CancellationTokenSource();
        var random = new Random(seed);
        var uploaders = Enumerable.Range(0, Uploaders).Select(number => Task.Run(() => new KilledUploader(server, _ledger, seed + number + 1).RunAsync(stopping.Token))).ToArray();
        for (var kill = 0; kill < kills; kill++)
        {
            await server.StartAsync();
            // Any moment is as good as another.
            await Task.Delay(random.Next(Soonest, Latest));
            await server.KillAsync();
            killed?.Invoke(kill + 1);
        }

        await server.StartAsync();
        await stopping.CancelAsync();
        await Task.WhenAll(uploaders);
        await CheckAnsweredAsync();
        await server.KillAsync();
        await CheckRecordsAsync("After the kills");
        var left = await CountLeftAsync();
        await CompleteAsync();
        await CleanUpAsync();
        await server.StartAsync();
        await CheckAnsweredAsync();
        await server.KillAsync();
        return new IngestKillsOutcome(kills, _ledger.Answered, _ledger.Lost, _ledger.Resumed, left, [.. _ledger.Faults, .. _faults]);
    }

    private async Task CheckAnsweredAsync()
    {
        using var client = new HttpClient { BaseAddress = await server.AddressAsync() };
        foreach (var (id, sha256) in _ledger.Kept)
        {
            using var answer = await client.GetAsync($"/ga4gh/drs/v1/objects/{id}/access/https/data", HttpCompletionOption.ResponseHeadersRead);
            await using var bytes = await answer.Content.ReadAsStreamAsync();
            if (!answer.IsSuccessStatusCode || Convert.ToHexStringLower(await SHA256.HashDataAsync(bytes)) != sha256) _faults.Add($"The upload {id} was answered, and its bytes are: {answer.StatusCode}");
        }
    }

    private async Task CheckRecordsAsync(string when)
    {
        var records = await server.ReadAsync("SELECT id, sha256 FROM upload");
        var there = records.Select(static record => record[0]).ToHashSet(StringComparer.Ordinal);
        _faults.AddRange(_ledger.Kept.Keys.Where(id => !there.Contains(id)).Select(id => $"{when} the upload {id} has no record."));
        _faults.AddRange(_ledger.Deleted.Where(there.Contains).Select(id => $"{when} the deleted upload {id} has a record."));
        foreach (var sha256 in records.Select(static record => record[1]).Distinct(StringComparer.Ordinal))
        {
            var file = Path.Combine(server.Files, sha256);
            if (!File.Exists(file)) _faults.Add($"{when} a record names the content {sha256}, which is missing.");
            else if (Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file))) != sha256) _faults.Add($"{when} a record names the content {sha256}, which is another.");
        }
    }

    private async Task<LeftByKills> CountLeftAsync()
    {
        var named = (await server.ReadAsync("SELECT DISTINCT sha256 FROM upload")).Select(static row => row[0]).ToHashSet(StringComparer.Ordinal);
        var (orphans, temporary, parts) = (0, 0, 0);
        foreach (var file in Directory.EnumerateFiles(server.Files, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file).StartsWith(".pending-", StringComparison.Ordinal)) temporary++;
            else if (Path.GetDirectoryName(file) != server.Files) parts++;
            else if (!named.Contains(Path.GetFileName(file))) orphans++;
        }

        return new LeftByKills(orphans, temporary, parts, (await FindUnfinishedAsync()).Count);
    }

    /// <summary>What nobody asks about becomes a file.</summary>
    private async Task CompleteAsync()
    {
        var unfinished = await FindUnfinishedAsync();
        await server.AgeAsync(TimeSpan.FromHours(1));
        await server.StartAsync();
        if (!await UntilAsync(async () => (await FindUnfinishedAsync()).Count == 0)) _faults.Add("Resumable uploads whose bytes are all there are not made files.");
        await server.KillAsync();
        var finished = (await server.ReadAsync("SELECT resumable_upload.id FROM resumable_upload JOIN upload ON upload.id = resumable_upload.upload_id")).Select(static row => row[0]).ToHashSet(StringComparer.Ordinal);
        _faults.AddRange(unfinished.Where(row => !finished.Contains(row[0])).Select(static row => $"The resumable upload {row[0]} did not become a file."));
        await CheckRecordsAsync("After resumable uploads were completed");
    }

    /// <summary>What belongs to nobody goes.</summary>
    private async Task CleanUpAsync()
    {
        await server.AgeAsync(TimeSpan.FromDays(30));
        await server.StartAsync();
        if (!await UntilAsync(async () => await CountLeftAsync() == new LeftByKills(0, 0, 0, 0))) _faults.Add($"After the clean-up there is left: {await CountLeftAsync()}.");
        await server.KillAsync();
        await CheckRecordsAsync("After the clean-up");
    }

    private Task<List<string[]>> FindUnfinishedAsync() => server.ReadAsync("SELECT id FROM resumable_upload WHERE received = size AND upload_id IS NULL");

    private static async Task<bool> UntilAsync(Func<Task<bool>> holds)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(begun) < Patience;)
        {
            if (await holds()) return true;

            await Task.Delay(BetweenLooks);
        }

        return false;
    }
}
