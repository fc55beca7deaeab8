using OpenTelemetry;
using OpenTelemetry.Logs;

namespace PlaybookBuilder.Web.Telemetry;

/// <summary>Takes secrets out of log records before they are exported.</summary>
internal sealed class MaskedRecords(SecretMask mask) : BaseProcessor<LogRecord>
{
    public override void OnEnd(LogRecord data)
    {
        data.Body = Masked(data.Body);
        data.FormattedMessage = Masked(data.FormattedMessage);
        if (data.Attributes is { } attributes) data.Attributes = [.. attributes.Select(attribute => KeyValuePair.Create(attribute.Key, MaskedValue(attribute.Value)))];
        if (data.Exception is { } exception && mask.Apply(exception.ToString()) is var text && text != exception.ToString())
        {
            // What an exception says can't be changed, so it goes as the attributes that it would become.
            data.Attributes = [.. data.Attributes ?? [], new("exception.type", exception.GetType().FullName), new("exception.message", Masked(exception.Message)), new("exception.stacktrace", text)];
            data.Exception = null;
        }
    }

    private string? Masked(string? text) => text is null ? null : mask.Apply(text);

    // Values that are no text become one when they are exported; most of those are numbers and ids.
    private object? MaskedValue(object? value) => value switch
    {
        null or ValueType => value,
        string text => mask.Apply(text),
        _ => value.ToString() is { } text && mask.Apply(text) is var masked && masked != text ? masked : value,
    };
}
