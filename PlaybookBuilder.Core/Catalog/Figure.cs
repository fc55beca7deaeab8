namespace PlaybookBuilder.Core.Catalog;

/// <summary>A mention, in a story, of the figure or table that an input shows.</summary>
/// <param name="Parameter">The parameter of the inputs' record.</param>
public sealed record Figure(string Parameter)
{
    public static Figure Of(string parameter) => new(parameter);
}
