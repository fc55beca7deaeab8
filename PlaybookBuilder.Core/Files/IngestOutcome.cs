namespace PlaybookBuilder.Core.Files;

/// <summary>What became of a body given to <see cref="FileIngest"/>.</summary>
public abstract record IngestOutcome
{
    private IngestOutcome()
    {
    }

    /// <param name="Sha256">Lower-case hex.</param>
    /// <param name="Size">Bytes.</param>
    /// <param name="WasThere">The same content had been stored before, and was not stored again.</param>
    public sealed record Stored(string Sha256, long Size, bool WasThere) : IngestOutcome;

    /// <param name="MaxBytes">The most that is taken (<see cref="UploadOptions.Variable"/>).</param>
    public sealed record TooLarge(long MaxBytes) : IngestOutcome;
}
