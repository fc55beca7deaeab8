using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Asks which items to keep; all are kept at first. The answer holds those that are not.</summary>
public sealed partial class PickSomeForm : PromptForm
{
    private const string FieldPrefix = "keep:";

    private readonly string _id = FieldIds.Next();
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private HashSet<string> _terms = [];
    private PromptFrame _frame = null!;
    private InputTable? _table;

    public override bool NeedsInputs => true;

    [Inject] public required ResultTables Tables { get; set; }

    private int KeptCount => _terms.Count - _removed.Count(_terms.Contains);

    public override void Restore(Draft draft)
    {
        foreach (var (field, value) in draft.Fields.Where(field => field.Key.StartsWith(FieldPrefix, StringComparison.Ordinal)))
        {
            Keep(field[FieldPrefix.Length..], value == Draft.Checked);
        }
    }

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        _terms = FirstInput is { } value && Tables.Find(value.GetType())?.Tabulate(value) is { } content
            ? Enumerable.Range(0, content.RowCount).Select(content.Columns[0].Text).ToHashSet(StringComparer.Ordinal)
            : [];
    }

    protected override void Show(Datum? answer)
    {
        _removed.Clear();
        if (Read(answer) is { } removed) _removed.UnionWith(removed.EnumerateObject().Where(item => item.Value.GetBoolean()).Select(item => item.Name));
    }

    protected override string? Check() => KeptCount == 0 ? "Keep at least one item." : null;

    protected override JsonNode ToAnswer() =>
        new JsonObject(_removed.Where(_terms.Contains).Order(StringComparer.Ordinal).Select(term => KeyValuePair.Create(term, (JsonNode?)JsonValue.Create(true))));

    private void Toggle(string term) => Keep(term, _removed.Contains(term));

    private void Keep(string term, bool isKept)
    {
        if (isKept) _removed.Remove(term);
        else _removed.Add(term);
    }

    private async Task SetShownAsync(bool areKept)
    {
        foreach (var term in _table!.ShownTerms) Keep(term, areKept);
        await _frame.SaveDraftAsync(_removed.ToDictionary(term => FieldPrefix + term, _ => Draft.Unchecked));
    }
}
