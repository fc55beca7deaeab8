using System.Text.Json;
using System.Text.Json.Serialization;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>A data type or answer whose JSON is that of the one value it holds: a bare text, a list, an object of free keys.</summary>
/// <remarks>For what stands at the top of a document: a misfit's path is counted from this value.</remarks>
public interface IBareData<TSelf, TBare>
    where TSelf : class, IBareData<TSelf, TBare>
{
    TBare Bare { get; }

    static abstract TSelf Of(TBare bare);
}

internal sealed class BareDataConverterFactory : JsonConverterFactory
{
    /// <summary>The type of the value that a bare data type holds; null for any other type.</summary>
    public static Type? BareTypeOf(Type type) =>
        type.GetInterfaces().FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IBareData<,>))?.GetGenericArguments()[1];

    public override bool CanConvert(Type typeToConvert) => BareTypeOf(typeToConvert) is not null;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(BareDataConverter<,>).MakeGenericType(typeToConvert, BareTypeOf(typeToConvert)!))!;
}

internal sealed class BareDataConverter<TSelf, TBare> : JsonConverter<TSelf>
    where TSelf : class, IBareData<TSelf, TBare>
{
    public override TSelf Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TSelf.Of(JsonSerializer.Deserialize<TBare>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, TSelf value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value.Bare, options);
}
