using System.Text.Json;
using PlaybookBuilder.Core.Workflows.Documents;

namespace PlaybookBuilder.Web.Api;

/// <summary>Writes JSON answers straight to the response.</summary>
internal static class JsonAnswer
{
    private const string ContentType = "application/json; charset=utf-8";

    public static async Task WriteAsync<T>(HttpContext context, T value, Action<Utf8JsonWriter, T> write)
    {
        context.Response.ContentType = ContentType;
        await using (var writer = new Utf8JsonWriter(context.Response.BodyWriter, PlaybookJson.WriterOptions))
        {
            write(writer, value);
        }

        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>Writes the id alone, as JSON text.</summary>
    public static Task WriteIdAsync(HttpContext context, Guid id) =>
        WriteAsync(context, id, static (writer, id) => writer.WriteStringValue(id));

    /// <summary>Writes which playbook to go on with, and which of its steps is the changed one.</summary>
    public static Task WriteChangeAsync(HttpContext context, Guid head, Guid rebased) =>
        WriteAsync(context, (head, rebased), static (writer, change) =>
        {
            writer.WriteStartObject();
            writer.WriteString("head", change.head);
            writer.WriteString("rebased", change.rebased);
            writer.WriteEndObject();
        });
}
