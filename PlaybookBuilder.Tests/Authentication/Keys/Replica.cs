using System.Collections.Concurrent;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Secrets;
using PlaybookBuilder.Tests.Support;
using PlaybookBuilder.Web.Authentication.Keys;

namespace PlaybookBuilder.Tests.Authentication.Keys;

/// <summary>What a replica protects by keys, in a folder of its own, as each machine has it.</summary>
internal sealed class Replica : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Log _log = new();
    private readonly IHost _host;

    private Replica(string url, string secret)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.Path });
        builder.Configuration.AddInMemoryCollection([new(DatabaseOptions.Variable, url), new(AppSecretOptions.Variable, secret)]);
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Services.AddSingleton(TimeProvider.System).AddDatabase(builder.Configuration).AddSecrets(builder.Configuration).AddSharedKeys(builder.Configuration);
        _host = builder.Build();
    }

    public IEnumerable<string> Warnings => _log.Lines;

    private IDataProtector Protector => Get<IDataProtectionProvider>().CreateProtector("tests");

    public static Replica Start(string url, string secret)
    {
        var replica = new Replica(url, secret);
        replica._host.Services.PrepareSharedKeys();
        return replica;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public string Protect(string text) => Protector.Protect(text);

    public string Unprotect(string text) => Protector.Unprotect(text);

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    private sealed class Log : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public IEnumerable<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) _lines.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
