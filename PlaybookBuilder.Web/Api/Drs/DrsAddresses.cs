using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Drs;

namespace PlaybookBuilder.Web.Api.Drs;

/// <summary>Where objects and their bytes are, as others reach them.</summary>
internal sealed class DrsAddresses(IOptions<FileAddressOptions> address)
{
    public string Host => address.Value.Host;

    /// <summary>The address of the object itself.</summary>
    public string Self(string id) => DrsUri.Create(address.Value.Host, id).ToString();

    /// <summary>Where the bytes are: below the public address, or without one where the client asks.</summary>
    public string Data(HttpRequest request, string id) => $"{Base(request)}{DrsApi.Root}/objects/{Uri.EscapeDataString(id)}/access/{DrsApi.HttpsAccess}/data";

    /// <summary>Without a slash at its end.</summary>
    public string Base(HttpRequest request) => address.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') : $"{request.Scheme}://{request.Host}{request.PathBase}";
}
