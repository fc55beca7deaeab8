using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Files;

/// <summary>Reads a file that an earlier step gave.</summary>
internal abstract class FromFile<TOutput>(FileKind<TOutput> kind) : Resolver<FromFile<TOutput>.Inputs, TOutput>
    where TOutput : class, IData
{
    public sealed record Inputs(FileUrl File);

    public sealed override Description Description => kind.FromFile;

    protected sealed override Task<TOutput> ResolveAsync(Inputs inputs, Progress progress, CancellationToken cancellationToken) =>
        kind.ReadAsync(inputs.File, progress, cancellationToken);

    protected sealed override Story Tell(Inputs? inputs, TOutput? output) => kind.Tell(output) with
    {
        Abstract = string.IsNullOrWhiteSpace(inputs?.File.Text) ? $"The file was read as {kind.Content}." : $"The file, {inputs.File.Text.Trim()}, was read as {kind.Content}.",
        Methods = $"{Figure.Of(nameof(Inputs.File))} was read as {kind.Content}.",
    };
}
