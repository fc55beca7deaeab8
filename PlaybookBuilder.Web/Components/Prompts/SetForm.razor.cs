using System.Text.Json.Nodes;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Components.Shared;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Asks for a set of names and what they have in common. A name that is given twice is taken once.</summary>
public sealed partial class SetForm : PromptForm
{
    private const string TextField = "set";
    private const string DescriptionField = "description";
    private const int NamedRepetitions = 3;

    private readonly string _id = FieldIds.Next();
    private string _text = "";
    private string _description = "";
    private IReadOnlyList<string> _items = [];
    private PromptFrame _frame = null!;
    private LargeText? _area;

    private string Count
    {
        get
        {
            var repeated = _items.GroupBy(item => item, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key).ToArray();
            var distinct = TableContent.Count(_items.Distinct(StringComparer.Ordinal).Count(), "item");
            if (repeated.Length == 0) return distinct;

            var named = string.Join(", ", repeated.Take(NamedRepetitions)) + (repeated.Length > NamedRepetitions ? " …" : "");
            return $"{distinct}; {repeated.Length:#,0} given more than once and taken once: {named}";
        }
    }

    public override void Restore(Draft draft)
    {
        Take(draft.Find(TextField) ?? _text);
        _description = draft.Find(DescriptionField) ?? _description;
    }

    protected override void Show(Datum? answer)
    {
        var value = Read(answer);
        Take(value is { } set ? ItemList.Format(set.GetProperty("set").EnumerateArray().Select(item => item.GetString()!)) : "");
        _description = value is { } described && described.TryGetProperty("description", out var description) ? description.GetString() ?? "" : "";
    }

    protected override async Task CollectAsync()
    {
        if (_area is not null) Take(await _area.ReadAsync());
    }

    protected override string? Check() => _items.Count == 0 ? "Enter at least one item." : null;

    protected override JsonNode ToAnswer()
    {
        var answer = new JsonObject { ["set"] = new JsonArray([.. _items.Distinct(StringComparer.Ordinal).Select(item => JsonValue.Create(item))]) };
        if (_description.Trim() is { Length: > 0 } description) answer["description"] = description;
        return answer;
    }

    private void Take(string text)
    {
        _text = text;
        _items = ItemList.Parse(text);
    }

    private async Task UseExampleAsync(Datum example)
    {
        Show(example);
        await _frame.SaveDraftAsync(new Dictionary<string, string> { [TextField] = _text, [DescriptionField] = _description });
    }
}
