using System.Net.Mime;
using Microsoft.AspNetCore.StaticFiles;

namespace PlaybookBuilder.Web.Api.Files;

/// <summary>What a file is by the ending of its name, as a media type.</summary>
internal static class FileMediaTypes
{
    private static readonly FileExtensionContentTypeProvider Endings = new()
    {
        Mappings =
        {
            [".bam"] = MediaTypeNames.Application.Octet,
            [".bed"] = MediaTypeNames.Text.Plain,
            [".fasta"] = MediaTypeNames.Text.Plain,
            [".fastq"] = MediaTypeNames.Text.Plain,
            [".gmt"] = "text/tab-separated-values",
            [".gz"] = MediaTypeNames.Application.GZip,
            [".h5"] = "application/x-hdf5",
            [".h5ad"] = "application/x-hdf5",
            [".tab"] = "text/tab-separated-values",
            [".vcf"] = MediaTypeNames.Text.Plain,
        },
    };

    public static string Of(string filename) => Endings.TryGetContentType(filename, out var type) ? type : MediaTypeNames.Application.Octet;
}
