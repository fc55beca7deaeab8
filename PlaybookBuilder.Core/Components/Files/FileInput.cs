using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Files;

/// <summary>Starts a playbook with a file of whatever kind. Nothing of it is read; a step that takes it says what it makes of it.</summary>
internal sealed class FileInput : Prompt<FileUrl, NoInputs, FileUrl>
{
    public override Description Description { get; } = new("FileInput", "Input File", "Upload a data file") { Hidden = true };

    protected override Task<FileUrl> ResolveAsync(FileUrl answer, NoInputs inputs, Progress progress, CancellationToken cancellationToken) => Task.FromResult(answer);

    protected override Story Tell(FileUrl? answer, NoInputs? inputs, FileUrl? output) => new()
    {
        Abstract = string.IsNullOrWhiteSpace(answer?.Text) ? "The workflow starts with an uploaded file." : $"The workflow starts with an uploaded file: {answer.Text.Trim()}.",
        TableLegend = answer is null ? "The uploaded file." : $"The uploaded file {answer.Filename}.",
    };
}
