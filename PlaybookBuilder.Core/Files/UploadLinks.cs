using System.Text;
using System.Text.Json;
using PlaybookBuilder.Core.Files.Drs;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Files;

/// <summary>Finds the links to uploads in values, whatever their type: a value of a type that is not known here may be read by the component of tomorrow.</summary>
internal static class UploadLinks
{
    private const string Scheme = "drs://";

    /// <summary>The ids that a value names, each once. Not every one need be of an upload here.</summary>
    public static IReadOnlyCollection<string> IdsIn(Datum datum)
    {
        // Canonical JSON escapes nothing of a link, so almost every value is done with here.
        if (!datum.Value.Contains(Scheme, StringComparison.OrdinalIgnoreCase)) return [];

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(datum.Value), new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            // The names of members too: values such as libraries hold under them what somebody typed.
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && DrsUri.TryParse(reader.GetString(), out var link)) ids.Add(link.Id);
        }

        return ids;
    }
}
