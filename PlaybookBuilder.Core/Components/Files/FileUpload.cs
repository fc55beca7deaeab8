using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Files;

/// <summary>Asks for a file of some kind and reads it.</summary>
internal abstract class FileUpload<TOutput>(FileKind<TOutput> kind) : Prompt<FileUrl, NoInputs, TOutput>
    where TOutput : class, IData
{
    public sealed override Description Description => kind.Upload;

    protected sealed override Task<TOutput> ResolveAsync(FileUrl answer, NoInputs inputs, Progress progress, CancellationToken cancellationToken) =>
        kind.ReadAsync(answer, progress, cancellationToken);

    protected sealed override Story Tell(FileUrl? answer, NoInputs? inputs, TOutput? output) => kind.Tell(output) with
    {
        Abstract = string.IsNullOrWhiteSpace(answer?.Text) ? $"A file with {kind.Content} was uploaded." : $"A file with {kind.Content} was uploaded: {answer.Text.Trim()}.",
        Methods = answer is null ? $"The file was read as {kind.Content}." : $"The file {answer.Filename} was read as {kind.Content}.",
    };
}
