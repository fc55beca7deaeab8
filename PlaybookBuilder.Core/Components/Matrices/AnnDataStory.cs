using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>What the stories of all components on annotated matrices say alike.</summary>
internal static class AnnDataStory
{
    public static StoryText Introduction => $"An AnnData file holds the values of genes in samples together with what is known of the samples {Literature.AnnData}.";
}
