using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Sets;

/// <summary>A primitive whose sets are collected in libraries of a file format of their own.</summary>
public interface ILibraryMember : ICollectable
{
    static abstract LibraryNames Library { get; }
}

/// <summary>What documents and people call the libraries of a primitive.</summary>
/// <param name="Name">The name of the format and of the data type, as in <c>GMT</c>.</param>
/// <param name="Label">What that stands for.</param>
/// <param name="SetsArgument">The argument of the sets of which a library is assembled.</param>
/// <param name="AssemblySpec">The spec of the process type that assembles one.</param>
public sealed record LibraryNames(string Name, string Label, string SetsArgument, string AssemblySpec)
{
    /// <summary>The argument that takes one library.</summary>
    public string Argument { get; } = Name.ToLowerInvariant();
}
