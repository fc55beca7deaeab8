using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Extensions;
using PlaybookBuilder.Core.Administration;

namespace PlaybookBuilder.Web.Api.Admin;

/// <summary>How the administration's answers are written: names and values in snake_case, spans in seconds, lists with a link to what follows.</summary>
internal static class AdminJson
{
    private const string After = "after";

    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower), new SecondsConverter() },
    };

    public static IResult Answer<T>(T value) => TypedResults.Json(value, Options);

    /// <summary>A part of a list; the header <c>Link</c> (RFC 8288) leads to the next.</summary>
    public static IResult Answer<T>(HttpContext context, Paged<T> page) => Answer(context, page, static item => item);

    /// <summary>A part of a list in another form.</summary>
    public static IResult Answer<TItem, T>(HttpContext context, Paged<TItem> page, Func<TItem, T> form)
    {
        if (page.Next is { } next)
        {
            var query = new QueryBuilder(context.Request.Query.Where(static one => one.Key != After)) { { After, next } };
            context.Response.Headers.Link = $"<{query}>; rel=\"next\"";
        }

        return TypedResults.Json(page.Items.Select(form).ToArray(), Options);
    }

    private sealed class SecondsConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);
    }
}
