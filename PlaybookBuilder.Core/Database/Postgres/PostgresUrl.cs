using Npgsql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary><c>DATABASE_URL</c> as Postgres's own tools read it: <c>postgres://user:password@host:port/database?sslmode=require</c>.</summary>
internal static class PostgresUrl
{
    // As many prepared statements as the stores have, with room to spare.
    private const int MostPrepared = 100;
    private const int KeepAliveSeconds = 5;

    // Few connections that know all statements are quicker than many that each have to learn them.
    private const int PoolSize = 16;
    private const int DefaultPoolSize = 100;

    // Where packets are dropped nobody says that no answer will come: a statement is waited for as long as a database that is away,
    // and a connection, also the one that takes a statement back, no longer than it takes to send what was lost a second time.
    private const int LongestAnswerSeconds = 15;
    private const int LongestConnectSeconds = 5;

    // Every statement looks up few rows by their keys: planning it once a connection is enough, and compiling it never pays. The
    // table of jobs is empty most of the time but for rows that were deleted: reading it whole would be reading all of those, and
    // only a plain index scan marks their entries, so that the next one passes them over. And since it is now empty and now full, no
    // estimate of it holds: a join by hash or merge, planned while it was full, or one that keeps its inner side, planned while there
    // was none, would read a whole index for a handful of rows.
    private const string SessionOptions = "-c plan_cache_mode=force_generic_plan -c jit=off -c enable_seqscan=off -c enable_bitmapscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_material=off";

    public static bool IsOne(string url) => url.StartsWith("postgres://", StringComparison.Ordinal) || url.StartsWith("postgresql://", StringComparison.Ordinal);

    /// <exception cref="FormatException">It is not of this form; the message does not repeat it, since it may hold a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        if (!IsOne(url) || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0) throw new FormatException("it is not of the form postgres://user:password@host:port/database");

        var name = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if (name.Length == 0) throw new FormatException("it names no database");

        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.IsDefaultPort || uri.Port < 0 ? 5432 : uri.Port,
            Database = name,
            Username = user[0].Length > 0 ? Uri.UnescapeDataString(user[0]) : null,
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            ApplicationName = "playbook-builder",
            // Kerberos is asked for first otherwise, and an image that lacks its library complains of that at every start.
            GssEncryptionMode = GssEncryptionMode.Disable,
            Timeout = LongestConnectSeconds,
        };
        foreach (var option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)) Apply(builder, option);
        return builder;
    }

    /// <summary>The connection string of the pool.</summary>
    public static string ToPooled(string url)
    {
        var builder = Parse(url);
        builder.MaxAutoPrepare = MostPrepared;
        builder.AutoPrepareMinUsages = 2;
        builder.MaxPoolSize = builder.MaxPoolSize == DefaultPoolSize ? PoolSize : builder.MaxPoolSize;
        builder.CommandTimeout = LongestAnswerSeconds;
        // No session is changed by what is run on it.
        builder.NoResetOnClose = true;
        builder.Options = SessionOptions;
        return builder.ConnectionString;
    }

    /// <summary>The connection string of a connection that is closed for good when it is closed, and with it the locks that it holds.</summary>
    public static string ToSingle(string url)
    {
        var builder = Parse(url);
        builder.Pooling = false;
        return builder.ConnectionString;
    }

    /// <summary>The connection string of one that is held for long: it is noticed when the other side vanishes.</summary>
    public static string ToWatched(string url)
    {
        var builder = Parse(url);
        builder.Pooling = false;
        builder.MaxAutoPrepare = MostPrepared;
        builder.AutoPrepareMinUsages = 2;
        builder.KeepAlive = KeepAliveSeconds;
        builder.TcpKeepAlive = true;
        builder.TcpKeepAliveTime = KeepAliveSeconds;
        builder.TcpKeepAliveInterval = 2;
        return builder.ConnectionString;
    }

    private static void Apply(NpgsqlConnectionStringBuilder builder, string option)
    {
        var parts = option.Split('=', 2);
        var (name, value) = (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : ""));
        switch (name)
        {
            case "sslmode" when Enum.TryParse<SslMode>(value.Replace("-", ""), ignoreCase: true, out var mode):
                builder.SslMode = mode;
                break;
            case "host":
                // A folder of sockets can't stand in the place of a host.
                builder.Host = value;
                break;
            case "search_path":
                builder.SearchPath = value;
                break;
            case "connect_timeout" when int.TryParse(value, out var seconds) && seconds > 0:
                builder.Timeout = seconds;
                break;
            case "pool_size" when int.TryParse(value, out var size) && size > 0:
                builder.MaxPoolSize = size;
                break;
            default:
                throw new FormatException($"its option '{name}' is not known or its value is not valid; known are sslmode, host, search_path, connect_timeout and pool_size");
        }
    }
}
