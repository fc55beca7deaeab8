using System.Text;
using System.Text.Json;
using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Web.Api;

/// <summary>Writes a story that is told of no values in particular, with citations as <c>\ref{}</c> and figures as <c>\figref{}</c>.</summary>
internal static class StoryJson
{
    private const string DoiAddress = "https://doi.org/";

    public static void Write(Utf8JsonWriter writer, ProcessType type)
    {
        var story = type.TellUntyped(null, null, null);
        writer.WriteStartObject();
        Write(writer, "abstract", story.Abstract, type);
        Write(writer, "introduction", story.Introduction, type);
        Write(writer, "methods", story.Methods, type);
        Write(writer, "tableLegend", story.TableLegend, type);
        Write(writer, "figureLegend", story.FigureLegend, type);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string section, StoryText? text, ProcessType type)
    {
        if (text is not null) writer.WriteString(section, ToText(text, type));
    }

    private static string ToText(StoryText story, ProcessType type)
    {
        var text = new StringBuilder();
        foreach (var part in story.Parts)
        {
            text.Append(part switch
            {
                Citation citation => citation.Url.StartsWith(DoiAddress, StringComparison.Ordinal) ? $@"\ref{{doi:{citation.Url[DoiAddress.Length..]}}}" : $@"\ref{{{citation.Text}}}",
                Figure figure => $@"\figref{{{type.Arguments.FirstOrDefault(argument => argument.Parameter == figure.Parameter)?.Name ?? figure.Parameter}}}",
                _ => part,
            });
        }

        return text.ToString();
    }
}
