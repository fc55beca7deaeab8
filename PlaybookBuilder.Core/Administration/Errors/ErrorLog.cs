using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Administration.Errors;

/// <summary>Takes errors to be written down without holding up whoever has them: what there is no room for is lost, and counted.</summary>
internal sealed class ErrorLog
{
    /// <summary>The category of steps that ended as errors: these are results, and nothing that a program did wrong.</summary>
    public const string FailedStep = "failed step";

    /// <summary>So many stay, of all programs together.</summary>
    public const int Kept = 10_000;

    private const int MostPending = 1_000;
    private const int LongestText = 8_000;

    private readonly IOptions<ErrorLogOptions> _options;
    private readonly TimeProvider _time;
    private readonly Channel<LoggedErrorRow> _pending;
    private long _lost;

    public ErrorLog(IOptions<ErrorLogOptions> options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _pending = Channel.CreateBounded<LoggedErrorRow>(new BoundedChannelOptions(MostPending) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }, _ => Lose(1));
    }

    /// <summary>How many errors this program could not write down.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    internal ChannelReader<LoggedErrorRow> Pending => _pending.Reader;

    /// <summary>Takes an error; never waits.</summary>
    public void Add(string category, string message, string detail)
    {
        var trace = Activity.Current?.TraceId is { } id && id != default ? id.ToHexString() : null;
        _pending.Writer.TryWrite(new LoggedErrorRow { At = _time.GetUtcNow(), Program = _options.Value.Program, Category = category, Message = Shorten(message), Detail = Shorten(detail), TraceId = trace });
    }

    internal void Lose(int count) => Interlocked.Add(ref _lost, count);

    internal LoggedErrorRow Mask(LoggedErrorRow row)
    {
        var mask = _options.Value.Mask;
        return new() { At = row.At, Program = row.Program, Category = row.Category, Message = mask(row.Message), Detail = mask(row.Detail), TraceId = row.TraceId };
    }

    // What is very long is cut before it is looked through.
    private static string Shorten(string text) => GivenText.Shorten(text.Length > LongestText ? text[..LongestText] : text, LongestText);
}
