using System.Buffers;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>Writes paths in JSON values as the serializer does.</summary>
internal static class JsonPath
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(". '/\"[]()\t\n\r\f\b\\\u0085\u2028\u2029");

    /// <summary>The path of a member: <c>$.set</c>, or <c>$['a set']</c>.</summary>
    public static string Member(string path, string name) => name.AsSpan().ContainsAny(NeedQuotes) ? $"{path}['{name}']" : $"{path}.{name}";
}
