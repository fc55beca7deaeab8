namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>One numbered step of the schema, as a file that dbmate reads too.</summary>
/// <param name="Version">The digits before the first underscore of the file's name.</param>
internal sealed record PostgresMigration(string Version, string FileName, string Up, string Down)
{
    private const string UpMark = "-- migrate:up";
    private const string DownMark = "-- migrate:down";

    public static PostgresMigration Parse(string fileName, string text)
    {
        var (up, down) = (text.IndexOf(UpMark, StringComparison.Ordinal), text.IndexOf(DownMark, StringComparison.Ordinal));
        if (up < 0 || down < up) throw new FormatException($"{fileName} lacks '{UpMark}' followed by '{DownMark}'.");

        return new PostgresMigration(fileName.Split('_')[0], fileName, text[(up + UpMark.Length)..down].Trim(), text[(down + DownMark.Length)..].Trim());
    }

    public string ToText() => $"{UpMark}\n{Up}\n\n{DownMark}\n{Down}\n";
}
