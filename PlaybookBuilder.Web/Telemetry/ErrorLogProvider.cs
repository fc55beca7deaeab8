using PlaybookBuilder.Core.Administration.Errors;

namespace PlaybookBuilder.Web.Telemetry;

/// <summary>Hands what this program logs as an error to the log of errors that administrators read.</summary>
internal sealed class ErrorLogProvider(ErrorLog errors) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new ErrorLogger(errors, categoryName);

    public void Dispose()
    {
        // Nothing is held.
    }

    private sealed class ErrorLogger(ErrorLog errors, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) errors.Add(category, formatter(state, exception), exception?.ToString() ?? "");
        }
    }
}
