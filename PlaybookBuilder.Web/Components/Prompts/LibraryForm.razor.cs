using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Tables;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Asks for a label, and a description, for each of the sets of which a library is assembled.</summary>
public sealed partial class LibraryForm : PromptForm
{
    private const int Listed = 8;

    private readonly string _id = FieldIds.Next();
    private Row[] _rows = [];
    private object? _shownInput;

    public override bool NeedsInputs => true;

    [Inject] public required ResultTables Tables { get; set; }

    public override void Restore(Draft draft)
    {
        foreach (var (index, row) in _rows.Index())
        {
            row.Label = draft.Find(LabelField(index)) ?? row.Label;
            row.Description = draft.Find(DescriptionField(index)) ?? row.Description;
        }
    }

    protected override void OnParametersSet()
    {
        base.OnParametersSet();
        if (ReferenceEquals(_shownInput, Inputs)) return;

        _shownInput = Inputs;
        Show(Answer);
    }

    protected override void Show(Datum? answer)
    {
        var value = Read(answer);
        _rows = FirstInput is IEnumerable sets
            ? [.. sets.Cast<object>().Select((set, index) => NewRow(OneSet.Of(Tables, set), Text(value, "terms", index), Text(value, "descriptions", index)))]
            : [];
    }

    protected override string? Check() => _rows.Select(WhatIsWrongWith).FirstOrDefault(problem => problem is not null);

    protected override JsonNode ToAnswer() => new JsonObject
    {
        ["terms"] = Numbered(row => row.Label),
        ["descriptions"] = Numbered(row => row.Description),
    };

    private static Row NewRow(OneSet set, string? label, string? description) => new(set) { Label = label ?? set.Description ?? "", Description = description ?? "" };

    private static string? Text(JsonElement? answer, string member, int index) =>
        answer is { } value && value.TryGetProperty(member, out var texts) && texts.TryGetProperty(Number(index), out var text) ? text.GetString() : null;

    private static string Number(int index) => index.ToString(CultureInfo.InvariantCulture);

    private static string LabelField(int index) => $"terms:{Number(index)}";

    private static string DescriptionField(int index) => $"descriptions:{Number(index)}";

    private JsonObject Numbered(Func<Row, string> text) =>
        new(_rows.Select((row, index) => KeyValuePair.Create(Number(index), (JsonNode?)JsonValue.Create(text(row).Trim()))));

    private string? ProblemOf(Row row) => FieldProblem is null ? null : WhatIsWrongWith(row);

    private string? WhatIsWrongWith(Row row)
    {
        if (string.IsNullOrWhiteSpace(row.Label)) return "Enter a label.";
        return _rows.Any(other => other != row && other.Label.Trim() == row.Label.Trim()) ? "Another set has this label." : null;
    }

    private sealed class Row(OneSet set)
    {
        public OneSet Set { get; } = set;

        public string Label { get; set; } = "";

        public string Description { get; set; } = "";
    }

    /// <summary>What the form shows of a set, whatever it is a set of.</summary>
    private sealed record OneSet(string? Description, int Size, IEnumerable<string> Members)
    {
        public static OneSet Of(ResultTables tables, object set)
        {
            var table = tables.Find(set.GetType()) ?? throw new InvalidOperationException($"{set.GetType()} has no table.");
            var line = table.ToLibrary(set).Single();
            return new OneSet(line.Description is { Length: > 0 } text ? text : null, line.Members.Count, line.Members);
        }
    }
}
