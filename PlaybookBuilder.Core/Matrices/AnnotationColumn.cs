namespace PlaybookBuilder.Core.Matrices;

/// <summary>A named column of an annotation table: one text an entry, empty where nothing is known.</summary>
public sealed record AnnotationColumn(string Name, IReadOnlyList<string> Values);
