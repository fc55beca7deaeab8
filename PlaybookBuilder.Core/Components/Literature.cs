using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components;

/// <summary>The works that the stories of components cite.</summary>
internal static class Literature
{
    public static readonly Citation AnnData = Citation.OfDoi(
        "10.21105/joss.04371", "Virshup I, Rybakov S, Theis FJ, Angerer P, Wolf FA. anndata: Access and store annotated data matrices. Journal of Open Source Software 9(101):4371 (2024)");

    public static readonly Citation DifferentialExpression = Citation.OfDoi(
        "10.1186/gb-2013-14-9-r95",
        "Rapaport F, Khanin R, Liang Y, Pirun M, Krek A, Zumbo P, Mason CE, Socci ND, Betel D. Comprehensive evaluation of differential gene expression analysis methods for RNA-seq data. Genome Biology 14:R95 (2013)");

    public static readonly Citation GmtFormat = new(
        "Broad Institute and University of California San Diego. GSEA documentation: Data Formats, GMT: Gene Matrix Transposed file format (*.gmt)", "https://docs.gsea-msigdb.org/GSEA/Data_Formats");

    public static readonly Citation Plotly = new("Plotly Technologies Inc. Collaborative data science. Montréal, QC (2015)", "https://plot.ly");

    public static readonly Citation PrincipalComponents = Citation.OfDoi(
        "10.1037/h0071325", "Hotelling H. Analysis of a complex of statistical variables into principal components. Journal of Educational Psychology 24(6):417-441 (1933)");

    public static readonly Citation QuantileNormalization = Citation.OfDoi(
        "10.1093/bioinformatics/19.2.185",
        "Bolstad BM, Irizarry RA, Åstrand M, Speed TP. A comparison of normalization methods for high density oligonucleotide array data based on variance and bias. Bioinformatics 19(2):185-193 (2003)");

    public static readonly Citation QuantileNormalizationInPractice = Citation.OfDoi(
        "10.1038/s41598-020-72664-6", "Zhao Y, Wong L, Goh WWB. How to do quantile normalization correctly for gene expression data analyses. Scientific Reports 10:15534 (2020)");
}
