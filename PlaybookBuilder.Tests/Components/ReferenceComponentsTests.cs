using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Tests.Support;

namespace PlaybookBuilder.Tests.Components;

/// <summary>What documents and users of the Playbook Workflow Builder know of its components: their specs, labels, arguments and outputs, one of each family. (Its "Compute Intersection Drug set" is written like its sisters here.)</summary>
public sealed class ReferenceComponentsTests
{
    [Theory]
    [InlineData("FileInput", "Input File", " -> FileURL")]
    [InlineData("Input[Disease]", "Disease Input", " -> Term[Disease]")]
    [InlineData("Input[Set[Drug]]", "Drug Set Input", " -> Set[Drug]")]
    [InlineData("RankedToSet[Ranked[Disease]]", "Create Set from Ranked Diseases", "ranked:Ranked[Disease] -> Set[Disease]")]
    [InlineData("TermToSet[Term[Drug]]", "Create Set from Drugs", "terms:[Term[Drug]] -> Set[Drug]")]
    [InlineData("OneRankedT[Ranked[Disease]]", "Select One Disease", "ranked:Ranked[Disease] -> Term[Disease]")]
    [InlineData("OneScoredT[Scored[Disease]]", "Select One Disease", "scored:Scored[Disease] -> Term[Disease]")]
    [InlineData("OneSetT[Set[Drug]]", "Select One Drug", "set:Set[Drug] -> Term[Drug]")]
    [InlineData("SomeSetT[Set[Drug]]", "Select Some Drugs", "set:Set[Drug] -> Set[Drug]")]
    [InlineData("TopKRankedT[Ranked[Disease]]", "Top Ranked Diseases", "ranked:Ranked[Disease] -> Ranked[Disease]")]
    [InlineData("TopKScoredT[Scored[Disease]]", "Top Scored Diseases", "scored:Scored[Disease] -> Scored[Disease]")]
    [InlineData("AbsMaxScoredT[Disease]", "Absolute Max Scored Values", "scored:[Scored[Disease]] -> Scored[Disease]")]
    [InlineData("MeanScoredT[Disease]", "Mean Scored Values", "scored:[Scored[Disease]] -> Scored[Disease]")]
    [InlineData("SelectFromScored[Scored[Disease], up]", "Up Scored Diseases", "scored:Scored[Disease] -> Scored[Disease]")]
    [InlineData("SelectFromScored[Scored[Disease], down]", "Down Scored Diseases", "scored:Scored[Disease] -> Scored[Disease]")]
    [InlineData("SetFromScored[Scored[Drug]]", "Set from Scored Drugs", "scored:Scored[Drug] -> Set[Drug]")]
    [InlineData("AnnDataFileUpload", "Upload an AnnData Matrix File", " -> AnnData")]
    [InlineData("DMTFileUpload", "Upload A Drug Matrix Transpose", " -> DMT")]
    [InlineData("GMTFileUpload", "Upload A Gene Matrix Transpose", " -> GMT")]
    [InlineData("GeneCountMatrixFileUpload", "Upload a Gene Count Matrix", " -> GeneCountMatrix")]
    [InlineData("GeneSigFileUpload", "Upload a Gene Signature", " -> GeneSignature")]
    [InlineData("MetadataMatrixFileUpload", "Upload a Metadata Matrix", " -> MetadataMatrix")]
    [InlineData("LabelAnnDataMetadata", "Manual Labeling of Samples", "matrix:AnnData -> AnnData")]
    [InlineData("LabelGeneCountMatrix", "Manual Labeling of Samples", "matrix:GeneCountMatrix -> AnnData")]
    [InlineData("AnnDataFromFile", "Resolve an AnnData Matrix from a File", "file:FileURL -> AnnData")]
    [InlineData("AnnDataFromGeneCountMatrixAndMetadataMatrix", "Resolve an AnnData Matrix", "gene_count_matrix:GeneCountMatrix, metadata_matrix:MetadataMatrix -> AnnData")]
    [InlineData("DMTFromFile", "Resolve A Drug Matrix Transpose from a File", "file:FileURL -> DMT")]
    [InlineData("GMTFromFile", "Resolve A Gene Matrix Transpose from a File", "file:FileURL -> GMT")]
    [InlineData("GeneCountMatrixFromFile", "Resolve a Gene Count Matrix from a File", "file:FileURL -> GeneCountMatrix")]
    [InlineData("GeneSigFromFile", "Resolve a Gene Signature from a File", "file:FileURL -> GeneSignature")]
    [InlineData("MetadataMatrixFromFile", "Resolve a Metadata Matrix from a File", "file:FileURL -> MetadataMatrix")]
    [InlineData("GMTFromSignature", "GMT from Signature", "sig:GeneSignature -> GMT")]
    [InlineData("UpGeneSetFromSignature", "Up Gene Set from Signature", "sig:GeneSignature -> Set[Gene]")]
    [InlineData("DownGeneSetFromSignature", "Down Gene Set from Signature", "sig:GeneSignature -> Set[Gene]")]
    [InlineData("ScoredGenesFromSignature", "Scored Genes from Signature", "sig:GeneSignature -> Scored[Gene]")]
    [InlineData("Transpose", "Transpose", "file:GeneCountMatrix -> GeneCountMatrix")]
    [InlineData("LogNormalizeGeneCountMatrix", "Log Normalize A Gene Count Matrix", "matrix:GeneCountMatrix -> GeneCountMatrix")]
    [InlineData("QuantileNormalizeGeneCountMatrix", "Quantile Normalize A Gene Count Matrix", "matrix:GeneCountMatrix -> GeneCountMatrix")]
    [InlineData("ZScoreNormalizeGeneCountMatrix", "Z Score Normalize A Gene Count Matrix", "matrix:GeneCountMatrix -> GeneCountMatrix")]
    [InlineData("PCAGraphWithMetadata", "PCA Graph of RNA-seq Data from AnnData file", "anndata:AnnData -> PlotlyPlot")]
    [InlineData("PCAGraphWithMetadata2D", "2D PCA Graph of RNA-seq Data from AnnData file", "anndata:AnnData -> PlotlyPlot")]
    [InlineData("PCAGraphWithoutMetadata", "PCA Graph of RNA-seq Data from Gene Count Matrix", "matrix:GeneCountMatrix -> PlotlyPlot")]
    [InlineData("PCAGraphWithoutMetadata2D", "2D PCA Graph of RNA-seq Data from Gene Count Matrix", "matrix:GeneCountMatrix -> PlotlyPlot")]
    [InlineData("DrugSetsToDMT", "Assemble DMT from Drug Sets", "sets:[Set[Drug]] -> DMT")]
    [InlineData("GenesetsToGMT", "Assemble GMT from Gene Sets", "genesets:[Set[Gene]] -> GMT")]
    [InlineData("GenesetToGMT", "Treat Gene Set as GMT", "geneset:Set[Gene] -> GMT")]
    [InlineData("DMTConcatenate", "Concatenate DMTs", "dmts:[DMT] -> DMT")]
    [InlineData("DMTConsensus", "Compute Consensus Drug Set", "dmt:DMT -> Set[Drug]")]
    [InlineData("DMTUnion", "Compute Union Drug Set", "dmt:DMT -> Set[Drug]")]
    [InlineData("GMTConcatenate", "Concatenate GMTs", "gmts:[GMT] -> GMT")]
    [InlineData("GMTConsensus", "Compute Consensus Gene Set", "gmt:GMT -> Set[Gene]")]
    [InlineData("GMTIntersection", "Compute Intersection Gene Set", "gmt:GMT -> Set[Gene]")]
    [InlineData("GMTUnion", "Compute Union Gene Set", "gmt:GMT -> Set[Gene]")]
    [InlineData("BarChartFrom[Scored[Disease]]", "Horizontal Bar Plot from Scored Diseases", "terms:Scored[Disease] -> PlotlyPlot")]
    [InlineData("BarplotFrom[Scored[Disease]]", "Vertical bar plot from Scored Diseases", "terms:Scored[Disease] -> PlotlyPlot")]
    [InlineData("VisualizeLibrarySizes", "Library Size Bar Plot from Gene Count Matrix", "matrix:GeneCountMatrix -> PlotlyPlot")]
    [InlineData("VisualizeLibrarySizesFromAnnData", "Library Size Bar Plot from AnnData File", "anndata:AnnData -> PlotlyPlot")]
    [InlineData("VolcanoPlot", "Volcano Plot from Differential Expression Table", "sig:GeneSignature -> PlotlyPlot")]
    public void Component_OfTheReference_IsCalledAndTakesAndGivesTheSame(string spec, string label, string signature)
    {
        var type = TestCatalog.Instance.GetProcessType(spec);

        Assert.Equal(label, type.Description.Label);
        Assert.Equal(signature, SignatureOf(type));
    }

    private static string SignatureOf(ProcessType type) =>
        string.Join(", ", type.Arguments.Select(argument => $"{argument.Name}:{(argument.IsMany ? $"[{argument.DataType.Spec}]" : argument.DataType.Spec)}").Order(StringComparer.Ordinal)) + $" -> {type.Output.Spec}";
}
