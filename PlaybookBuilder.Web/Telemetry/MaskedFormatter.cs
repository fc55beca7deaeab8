using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace PlaybookBuilder.Web.Telemetry;

/// <summary>Another formatter of the console, with secrets taken out of what it writes.</summary>
internal sealed class MaskedFormatter(ConsoleFormatter inner, SecretMask mask) : ConsoleFormatter(inner.Name), IDisposable
{
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        using var text = new StringWriter();
        inner.Write(logEntry, scopeProvider, text);
        textWriter.Write(mask.Apply(text.ToString()));
    }

    public void Dispose() => (inner as IDisposable)?.Dispose();
}
