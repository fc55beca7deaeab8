using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Projection;

/// <summary>What the stories of all plots of principal components say alike.</summary>
internal static class ComponentStory
{
    public static StoryText Introduction =>
        $"Principal components are the directions along which samples differ most {Literature.PrincipalComponents}; along the first few of them, samples with similar expression lie near each other.";
}
