using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Files;

/// <summary>A kind of file that becomes a value: said once, for the upload of such a file and for a file that is there already.</summary>
internal abstract class FileKind<TOutput>
    where TOutput : class, IData
{
    /// <summary>The component that asks for the file.</summary>
    public abstract Description Upload { get; }

    /// <summary>The component that takes a file.</summary>
    public abstract Description FromFile { get; }

    /// <summary>What is in the file, as it stands within a sentence: "a gene count matrix".</summary>
    public abstract string Content { get; }

    /// <exception cref="ProcessFailedException">The file is not of this kind.</exception>
    public abstract Task<TOutput> ReadAsync(FileUrl file, Progress progress, CancellationToken cancellationToken);

    /// <summary>The part of the story that does not depend on where the file came from.</summary>
    public abstract Story Tell(TOutput? output);
}
