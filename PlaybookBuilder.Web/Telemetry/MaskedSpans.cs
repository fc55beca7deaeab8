using System.Diagnostics;
using OpenTelemetry;

namespace PlaybookBuilder.Web.Telemetry;

/// <summary>Takes secrets out of the tags of spans before they are exported.</summary>
internal sealed class MaskedSpans(SecretMask mask) : BaseProcessor<Activity>
{
    public override void OnEnd(Activity data)
    {
        List<KeyValuePair<string, string>>? masked = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (tag.Value is string text && mask.Apply(text) is var clean && clean != text) (masked ??= []).Add(KeyValuePair.Create(tag.Key, clean));
        }

        foreach (var tag in masked ?? []) data.SetTag(tag.Key, tag.Value);
        data.DisplayName = mask.Apply(data.DisplayName);
    }
}
