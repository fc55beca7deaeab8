namespace PlaybookBuilder.Benchmarks.Yardsticks;

/// <summary>Which plain program to start.</summary>
internal enum YardstickKind
{
    /// <summary>Answers with bytes that are there already.</summary>
    Bytes,

    /// <summary>Keeps rows in SQLite, a connection a request.</summary>
    Rows,

    /// <summary>Keeps rows in Postgres.</summary>
    Postgres,

    /// <summary>A Hangfire server.</summary>
    Hangfire,

    /// <summary>A Blazor page with next to nothing on it.</summary>
    Circuits,

    /// <summary>A page that hears of rows by NOTIFY.</summary>
    Live,
}
