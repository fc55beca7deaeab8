using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components;

/// <summary>The works that the stories of components cite.</summary>
internal static class Literature
{
    public static readonly Citation GmtFormat = new(
        "Broad Institute. GSEA documentation: Data formats, GMT: Gene Matrix Transposed file format (*.gmt)",
        "https://software.broadinstitute.org/cancer/software/gsea/wiki/index.php/Data_formats#GMT:_Gene_Matrix_Transposed_file_format_.28.2A.gmt.29");

    public static readonly Citation Plotly = new("Plotly Technologies Inc. Collaborative data science. Montréal, QC (2015)", "https://plot.ly");
}
