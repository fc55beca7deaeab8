using Hangfire;
using Hangfire.PostgreSql;

namespace PlaybookBuilder.Benchmarks.Yardsticks;

/// <summary>A Hangfire server on Postgres, as its documentation sets it up.</summary>
internal static class HangfireYardstick
{
    public const string Slots = "HANGFIRE_WORKERS";

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var connectionString = builder.Configuration[PostgresYardstick.Setting]!;
        builder.Services.AddHangfire(configuration => configuration.UsePostgreSqlStorage(options => options.UseNpgsqlConnection(connectionString)));
        builder.Services.AddHangfireServer(options => options.WorkerCount = builder.Configuration.GetValue<int>(Slots));
        return builder.Build();
    }

    /// <summary>Queues jobs that do nothing.</summary>
    public static void Enqueue(string connectionString, int count)
    {
        var storage = new PostgreSqlStorage(new PostgreSqlConnectionFactory(connectionString));
        var client = new BackgroundJobClient(storage);
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => client.Enqueue(() => DoNothing()));
    }

    public static void DoNothing()
    {
    }

    private sealed class PostgreSqlConnectionFactory(string connectionString) : IConnectionFactory
    {
        public Npgsql.NpgsqlConnection GetOrCreateConnection() => new(connectionString);
    }
}
