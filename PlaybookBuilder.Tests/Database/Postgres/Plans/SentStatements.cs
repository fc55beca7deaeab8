using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Npgsql;
using PlaybookBuilder.Core.Database.Postgres;

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>Every statement that the product's own code sends to Postgres from this process, heard through Npgsql's log. What tests send themselves is left out.</summary>
internal sealed class SentStatements : ILoggerFactory, ILogger
{
    private const string Commands = "Npgsql.Command";
    private const string Ours = "PlaybookBuilder.";

    private readonly ConcurrentDictionary<string, string?[]> _types = new(StringComparer.Ordinal);

    public static SentStatements OfThisRun { get; } = new();

    public IReadOnlyList<SentStatement> All => [.. _types.Select(sent => new SentStatement(sent.Key, sent.Value)).OrderBy(sent => sent.Sql, StringComparer.Ordinal)];

    // Npgsql takes a log only before it is first used.
    [ModuleInitializer]
    internal static void Listen() => NpgsqlLoggingConfiguration.InitializeLogging(OfThisRun, parameterLoggingEnabled: true);

    public ILogger CreateLogger(string categoryName) => categoryName == Commands ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    // What is executed is told at this level before it is sent, on the stack of whoever sends it.
    public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Debug;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel != LogLevel.Debug || state is not IReadOnlyList<KeyValuePair<string, object?>> values) return;

        var told = values.DistinctBy(value => value.Key).ToDictionary(value => value.Key, value => value.Value, StringComparer.Ordinal);
        if (told.GetValueOrDefault("BatchCommands") is System.Collections.IEnumerable batch)
        {
            // Without parameters a text, with them a pair.
            foreach (var command in batch) Add(command as string ?? (string)((ITuple)command)[0]!, (command as ITuple)?[1]);
        }
        else if (eventId.Name?.StartsWith("ExecutingCommand", StringComparison.Ordinal) == true && told.GetValueOrDefault("CommandText") is string text)
        {
            Add(text, told.GetValueOrDefault("Parameters"));
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
        // Nothing is held.
    }

    private void Add(string text, object? parameters)
    {
        if (!_types.ContainsKey(text) && !IsSentByTheProduct()) return;

        string?[] types = [.. (parameters as IEnumerable<object> ?? []).Select(ParameterTypes.Of)];
        _types.AddOrUpdate(text, types, (_, before) => [.. before.Zip(types, ParameterTypes.Merge)]);
    }

    private static bool IsSentByTheProduct()
    {
        foreach (var frame in new StackTrace(fNeedFileInfo: false).GetFrames())
        {
            var type = frame.GetMethod()?.DeclaringType;
            if (type is null || IsPassedThrough(type)) continue;

            if (type.Assembly == typeof(SentStatements).Assembly) return false;
            if (type.Assembly.GetName().Name!.StartsWith(Ours, StringComparison.Ordinal)) return true;
        }

        // Whoever can't be told apart is held to the same.
        return true;
    }

    // Neither this class nor what tests use too tells who asked.
    private static bool IsPassedThrough(Type type) => (type.DeclaringType ?? type) is var outer && (outer == typeof(SentStatements) || outer == typeof(PostgresCommands));
}
