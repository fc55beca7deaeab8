using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Components.Views;

/// <summary>Where the browser fetches stored values; relative to the base address. See <see cref="Api.DataApi"/>.</summary>
internal static class DataUrls
{
    /// <summary>The formats that every table can be downloaded in.</summary>
    public static readonly IReadOnlyList<string> TableFormats = ["csv", "tsv", "json"];

    /// <summary>The value as JSON.</summary>
    public static string Value(Guid dataId) => $"api/data/{dataId}";

    /// <summary>The shown part of the value's table, in one of <see cref="TableFormats"/>.</summary>
    public static string Table(Guid dataId, string format, TableQuery query) => $"api/data/{dataId}/table.{format}{query.ToQueryString()}";

    /// <summary>The value as a library of labelled sets, in the format that its type names.</summary>
    public static string Library(Guid dataId, string format) => $"api/data/{dataId}/library.{format}";

    /// <summary>The bytes of the file that the value refers to.</summary>
    public static string File(Guid dataId) => $"api/data/{dataId}/file";

    /// <summary>The bytes of a file that is kept here.</summary>
    /// <param name="address">Its <c>drs://</c> address.</param>
    public static string File(string address) => $"{Api.FileDownloadApi.Path.TrimStart('/')}?url={Uri.EscapeDataString(address)}";

    /// <summary>The whole matrix that the value refers to, as text: genes by samples.</summary>
    public static string Matrix(Guid dataId) => $"api/data/{dataId}/matrix.csv";
}
