using Microsoft.Extensions.Options;
using Npgsql;

namespace PlaybookBuilder.Core.Database.Postgres;

/// <summary>
/// A connection of its own that is opened again whenever it breaks. What is bound to a connection (locks, subscriptions) goes with
/// it, so a vanished server must be noticed: both sides ask each other whether they are still there.
/// </summary>
internal sealed class PostgresConnection(IOptions<DatabaseOptions> options, TimeProvider time)
{
    // A vanished host or a cut network is seen within about ten seconds; without these the server would wait two hours.
    private const string KeepAlive = "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3; SET tcp_user_timeout = 10000";
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Opens connections, one after the other, and has each used until it breaks.</summary>
    /// <param name="use">Runs on an open connection for as long as it stands.</param>
    /// <param name="failed">Told of every failure.</param>
    public async Task KeepAsync(Func<NpgsqlConnection, CancellationToken, Task> use, Action<Exception> failed, CancellationToken stopping)
    {
        var pause = FirstPause;
        while (!stopping.IsCancellationRequested)
        {
            var started = time.GetTimestamp();
            try
            {
                var connection = new NpgsqlConnection(PostgresUrl.ToWatched(options.Value.Url!));
                await using (connection.ConfigureAwait(false))
                {
                    await connection.OpenAsync(stopping).ConfigureAwait(false);
                    await connection.RunAsync(KeepAlive, stopping).ConfigureAwait(false);
                    await use(connection, stopping).ConfigureAwait(false);
                }
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                failed(exception);
                if (time.GetElapsedTime(started) > LongestPause) pause = FirstPause;
                await Task.Delay(pause * (0.5 + Random.Shared.NextDouble()), time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
