using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Primitives;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>What the stories of all components on libraries say alike.</summary>
internal static class LibraryStory
{
    public static StoryText Introduction<T>() where T : ILibraryMember =>
        $"A {T.Library.Label} ({T.Library.Name}) lists one labelled {Noun.Of<T>()} set a line with nothing but its members, a compact format for libraries of sparse sets {Literature.GmtFormat}.";
}
