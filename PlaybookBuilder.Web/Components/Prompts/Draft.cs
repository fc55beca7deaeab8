namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>What stood in the fields of a form, by their names, when it was left. The browser keeps it.</summary>
public sealed class Draft(IReadOnlyDictionary<string, string> fields)
{
    public const string Checked = "true";
    public const string Unchecked = "false";

    public IEnumerable<KeyValuePair<string, string>> Fields => fields;

    public string? Find(string field) => fields.GetValueOrDefault(field);
}
