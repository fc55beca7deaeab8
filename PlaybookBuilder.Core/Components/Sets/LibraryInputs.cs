using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>One library: the argument <c>gmt</c> or <c>dmt</c>.</summary>
internal sealed record LibraryInputs<T>(Library<T> Library) : IArgumentNames
    where T : ILibraryMember
{
    static string IArgumentNames.NameOf(string parameter) => T.Library.Argument;
}
