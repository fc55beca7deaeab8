using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PlaybookBuilder.Tests.Database.Postgres.Plans;

/// <summary>The text of every statement that this process sends to Postgres, heard through Npgsql's traces.</summary>
internal static class SentStatements
{
    private const string Source = "Npgsql";

    private static readonly string[] TextTags = ["db.query.text", "db.statement"];

    private static readonly ConcurrentDictionary<string, bool> Heard = new(StringComparer.Ordinal);

    public static bool Contains(ProductStatement statement) => Heard.ContainsKey(statement.Text);

    [ModuleInitializer]
    internal static void Listen() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = static source => source.Name == Source,
        Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        ActivityStopped = Hear,
    });

    // A batch is told as one text.
    private static void Hear(Activity activity)
    {
        foreach (var text in TextTags.Select(activity.GetTagItem).OfType<string>())
        {
            foreach (var statement in ProductStatement.Split(text)) Heard.TryAdd(statement, true);
        }
    }
}
