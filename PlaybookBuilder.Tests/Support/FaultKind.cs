namespace PlaybookBuilder.Tests.Support;

public enum FaultKind
{
    /// <summary>The connection ends in good order, in the middle of what was said.</summary>
    Cut,

    /// <summary>The connection breaks.</summary>
    Reset,

    /// <summary>Nothing more comes, and nobody says why.</summary>
    Stall,

    /// <summary>The server is asked nothing; the client hears 503 over HTTP.</summary>
    Busy,

    /// <summary>A byte arrives as another.</summary>
    Damage,

    /// <summary>Bytes come one by one.</summary>
    Slow,
}
