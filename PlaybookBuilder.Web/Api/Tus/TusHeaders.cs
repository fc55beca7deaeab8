using System.Globalization;
using System.Text;
using PlaybookBuilder.Core.Files.Resumable;

namespace PlaybookBuilder.Web.Api.Tus;

/// <summary>The headers of tus 1.0 (https://tus.io/protocols/resumable-upload): how they are called, and how those of requests are read.</summary>
internal static class TusHeaders
{
    public const string Version = "1.0.0";
    public const string Extensions = "creation,creation-with-upload,checksum,termination,expiration";
    public const string PatchType = "application/offset+octet-stream";

    public const string Resumable = "Tus-Resumable";
    public const string Versions = "Tus-Version";
    public const string Extension = "Tus-Extension";
    public const string MaxSize = "Tus-Max-Size";
    public const string ChecksumAlgorithm = "Tus-Checksum-Algorithm";
    public const string Length = "Upload-Length";
    public const string DeferLength = "Upload-Defer-Length";
    public const string Offset = "Upload-Offset";
    public const string Metadata = "Upload-Metadata";
    public const string Checksum = "Upload-Checksum";
    public const string Expires = "Upload-Expires";
    public const string MethodOverride = "X-HTTP-Method-Override";

    /// <summary>Where what an upload became is found, as a <c>drs://</c> address. Not of tus.</summary>
    public const string Address = "Upload-Address";

    /// <summary>A header that holds a number of bytes.</summary>
    /// <exception cref="ApiRefusal">It is missing or no such number.</exception>
    public static long ReadBytes(HttpRequest request, string name) =>
        long.TryParse(request.Headers[name].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : throw Bad($"{name} is to be a whole number of bytes, not '{request.Headers[name]}'.");

    /// <summary>The checksum that is announced; null for none.</summary>
    /// <exception cref="ApiRefusal">It is none that can be checked.</exception>
    public static UploadChecksum? ReadChecksum(HttpRequest request)
    {
        var text = request.Headers[Checksum].ToString();
        if (text.Length == 0) return null;

        return text.Split(' ') is [var algorithm, var value] && TryDecode(value) is { } bytes && UploadChecksum.TryCreate(algorithm, bytes, out var checksum)
            ? checksum
            : throw Bad($"{Checksum} is to be one of {string.Join(", ", UploadChecksum.Algorithms)}, a space and the checksum in Base64, not '{text}'.");
    }

    /// <summary>What the client calls the file; empty where it does not say.</summary>
    /// <exception cref="ApiRefusal">The metadata can't be read.</exception>
    public static string ReadFilename(HttpRequest request)
    {
        foreach (var pair in request.Headers[Metadata].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (key, value) = pair.Split(' ') switch
            {
                [var alone] => (alone, ""),
                [var first, var second] => (first, second),
                _ => throw BadMetadata(),
            };
            if (key == "filename") return TryDecode(value) is { } bytes ? Encoding.UTF8.GetString(bytes) : throw BadMetadata();
        }

        return "";
    }

    /// <summary>Tells of an upload.</summary>
    public static void Write(HttpResponse response, ResumableUpload upload)
    {
        response.Headers[Offset] = upload.Received.ToString(CultureInfo.InvariantCulture);
        response.Headers[Expires] = upload.Expires.ToString("R", CultureInfo.InvariantCulture);
        if (upload.File is { } file) response.Headers[Address] = file.Url;
    }

    /// <summary>Tells of an upload to whoever asks how far it is.</summary>
    public static void WriteAll(HttpResponse response, ResumableUpload upload)
    {
        Write(response, upload);
        response.Headers[Length] = upload.Size.ToString(CultureInfo.InvariantCulture);
        response.Headers[Metadata] = $"filename {Convert.ToBase64String(Encoding.UTF8.GetBytes(upload.Filename))}";
        response.Headers.CacheControl = "no-store";
    }

    private static byte[]? TryDecode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? bytes[..count] : null;
    }

    private static ApiRefusal BadMetadata() => Bad($"{Metadata} is to be names and values in Base64, as in 'filename Y291bnRzLmNzdg==', separated by commas.");

    private static ApiRefusal Bad(string message) => new(StatusCodes.Status400BadRequest, message);
}
