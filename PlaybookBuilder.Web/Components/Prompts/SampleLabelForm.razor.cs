using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Components.Shared;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Asks which samples of a matrix are control and which perturbation: one by one, by an annotation, or all that are shown.</summary>
public sealed partial class SampleLabelForm : PromptForm, IDisposable
{
    private const string FieldPrefix = "sample:";

    /// <summary>An annotation with more values than this tells samples apart, not groups.</summary>
    private const int MostValues = 20;

    private readonly string _id = FieldIds.Next();
    private readonly CancellationTokenSource _gone = new();
    private object? _readFor;
    private string? _readProblem;
    private SampleSheet? _sheet;
    private SampleAssignment? _groups;
    private TableContent? _content;
    private SampleAnnotation? _annotation;
    private (string Value, int Count)[] _values = [];
    private Draft? _waiting;
    private DataTable? _table;
    private PromptFrame _frame = null!;

    [Inject] public required ISampleReader Reader { get; set; }

    public override bool NeedsInputs => true;

    private IEnumerable<SampleAnnotation> Choices => _sheet!.Annotations.Where(annotation => annotation.Values.Distinct(StringComparer.Ordinal).Count() <= MostValues);

    public override void Restore(Draft draft)
    {
        // The browser has the draft at once, the samples are still being read.
        _waiting = _groups is null ? draft : null;
        if (_groups is null) return;

        foreach (var (field, group) in draft.Fields.Where(field => field.Key.StartsWith(FieldPrefix, StringComparison.Ordinal))) _groups[field[FieldPrefix.Length..]] = group;
    }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (FirstInput is null || ReferenceEquals(_readFor, Inputs)) return;

        _readFor = Inputs;
        await ReadSamplesAsync();
    }

    protected override void Show(Datum? answer)
    {
        if (_sheet is null) return;

        _groups = new SampleAssignment(_sheet);
        if (Read(answer) is not { } columns || !columns.TryGetProperty(SampleAssignment.Annotation, out var groups)) return;

        foreach (var sample in groups.EnumerateObject()) _groups[sample.Name] = sample.Value.GetString() ?? SampleAssignment.Undecided;
    }

    protected override string? Check() => _groups is null ? "The samples are still being read." : _groups.Problem;

    protected override JsonNode ToAnswer() => new JsonObject
    {
        [SampleAssignment.Annotation] = new JsonObject(_groups!.Decided.Select(sample => KeyValuePair.Create(sample.Key, (JsonNode?)JsonValue.Create(sample.Value)))),
    };

    private async Task ReadSamplesAsync()
    {
        _readProblem = null;
        try
        {
            _sheet = await Reader.ReadAsync(FirstInput!, ProcessId, _gone.Token);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (exception is ProcessFailedException or TransientException)
        {
            _readProblem = exception.Message;
            return;
        }

        var sheet = _sheet;
        _content = new TableContent(sheet.Samples.Count, [
            new TableColumn("Sample", row => sheet.Samples[row]),
            .. sheet.Annotations.Where(annotation => annotation.Name != SampleAssignment.Annotation).Select(annotation => new TableColumn(annotation.Name, row => annotation.Values[row])),
        ]);
        SetAnnotation(Choices.FirstOrDefault());
        Show(Answer);
        if (_waiting is { } draft) Restore(draft);
    }

    private void ChooseAnnotation(ChangeEventArgs change) => SetAnnotation(Choices.First(annotation => annotation.Name == (string?)change.Value));

    private void SetAnnotation(SampleAnnotation? annotation)
    {
        _annotation = annotation;
        _values = annotation is null ? [] : [.. annotation.Values.CountBy(value => value, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value))];
    }

    private async Task AssignAsync(SampleAnnotation annotation, string value, string group)
    {
        _groups!.AssignBy(annotation, value, group);
        await SaveDraftAsync();
    }

    private async Task AssignShownAsync(string group)
    {
        foreach (var row in _table!.Rows) _groups![_sheet!.Samples[row]] = group;
        await SaveDraftAsync();
    }

    private Task SaveDraftAsync() => _frame.SaveDraftAsync(_sheet!.Samples.ToDictionary(sample => FieldPrefix + sample, sample => _groups![sample]));
}
