namespace PlaybookBuilder.Core.Catalog;

/// <summary>A prompt that asks for a file and has one to try it with.</summary>
public interface IExampleFile
{
    /// <summary>The name of a file that the application serves under <c>examples/</c>.</summary>
    string ExampleFile { get; }
}
