using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Files;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.Components.Files;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>
/// Asks for a file: one that the browser uploads, one that is fetched from its URL, or one of the visitor's uploads. The browser puts the address of what it uploaded into the draft itself, so that an upload outlives its circuit.
/// </summary>
public sealed partial class FileUploadForm : PromptForm
{
    private const string FileField = "file";
    private const string DescriptionField = "description";

    private readonly string _descriptionId = FieldIds.Next();
    private readonly string _problemId = FieldIds.Next();
    private PromptFrame? _frame;
    private UploadZone? _zone;
    private FileUrl? _file;
    private string _description = "";
    private bool _isKnown;
    private bool _isSignedIn;
    private bool _hasEnded;
    private bool _isFetching;

    [Inject] public required CurrentActor Visitor { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    private bool IsComing => _zone is { IsUploading: true } || _isFetching;

    public override void Restore(Draft draft)
    {
        _description = draft.Find(DescriptionField) ?? _description;
        if (draft.Find(FileField) is { Length: > 0 } file) _file = JsonSerializer.Deserialize<FileUrl>(file, JsonSerializerOptions.Web);
    }

    protected override async Task OnInitializedAsync()
    {
        _isSignedIn = (await Visitor.GetAsync()).UserId is not null;
        _isKnown = true;
    }

    protected override void Show(Datum? answer)
    {
        _file = Read(answer) is { } value ? value.Deserialize<FileUrl>(JsonSerializerOptions.Web) : null;
        _description = _file?.Text ?? "";
    }

    protected override string? Check() => IsComing ? "The file is still coming." : _file is null ? "Choose a file." : null;

    protected override JsonNode ToAnswer()
    {
        var answer = new JsonObject { ["url"] = _file!.Url, ["filename"] = _file.Filename };
        if (_file.Sha256 is { } sha256) answer["sha256"] = sha256;
        if (_file.Size is { } size) answer["size"] = size;
        if (_description.Trim() is { Length: > 0 } description) answer["description"] = description;
        return answer;
    }

    private void Take(FileUrl file) => _file = file;

    private async Task ChooseAsync(FileUrl file)
    {
        _file = file;
        if (_frame is not null) await _frame.SaveDraftAsync(new Dictionary<string, string> { [FileField] = JsonSerializer.Serialize(file, JsonSerializerOptions.Web), [DescriptionField] = _description });
    }

    private void AskToSignIn() => (_isSignedIn, _hasEnded) = (false, true);

    private async Task UploadExampleAsync()
    {
        if (_zone is not null && Prompt is IExampleFile { ExampleFile: var example }) await _zone.SendExampleAsync($"examples/{example}", example);
    }
}
