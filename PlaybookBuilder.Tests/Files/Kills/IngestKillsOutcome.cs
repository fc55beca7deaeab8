namespace PlaybookBuilder.Tests.Files.Kills;

/// <summary>What became of uploads to a program that was killed again and again.</summary>
/// <param name="Answered">Uploads that were answered.</param>
/// <param name="Lost">Requests that were not.</param>
/// <param name="Resumed">Resumable uploads that went on after a break.</param>
/// <param name="Left">What was left before it was cleaned up.</param>
/// <param name="Faults">What was not as it has to be.</param>
internal sealed record IngestKillsOutcome(int Kills, int Answered, int Lost, int Resumed, LeftByKills Left, IReadOnlyList<string> Faults);

/// <summary>What kills leave that no file of a user is.</summary>
/// <param name="Orphans">Contents that no record names.</param>
/// <param name="Temporary">Writes that were never completed.</param>
/// <param name="Parts">Parts of resumable uploads.</param>
/// <param name="Unfinished">Resumable uploads whose bytes are all there and of which nothing became.</param>
internal sealed record LeftByKills(int Orphans, int Temporary, int Parts, int Unfinished);
