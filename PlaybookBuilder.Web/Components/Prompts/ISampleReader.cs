namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Reads the samples of a matrix and what is known of them. They stand in the matrix' file; its value holds a preview only.</summary>
public interface ISampleReader
{
    /// <param name="matrix">A decoded matrix value.</param>
    /// <param name="processId">The process in whose name it is read: the one that asks for the samples.</param>
    /// <exception cref="Core.Catalog.ProcessFailedException">The file is gone or can't be read.</exception>
    Task<SampleSheet> ReadAsync(object matrix, Guid processId, CancellationToken cancellationToken);
}

/// <summary>The samples of a matrix in order, with their annotations.</summary>
public sealed record SampleSheet(IReadOnlyList<string> Samples, IReadOnlyList<SampleAnnotation> Annotations);

/// <summary>One annotation: a value for each sample, in the order of the samples; empty where it is missing.</summary>
public sealed record SampleAnnotation(string Name, IReadOnlyList<string> Values);
