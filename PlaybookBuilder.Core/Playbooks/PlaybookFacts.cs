using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>What a playbook takes, gives and asks, as the catalogue tells it, and the uploads that it names.</summary>
internal sealed record PlaybookFacts(IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<string> Sources, IReadOnlyList<string> Labels, IReadOnlyList<string> Uploads)
{
    public static PlaybookFacts Of(ComponentCatalog catalog, Playbook playbook)
    {
        var types = playbook.Steps.Select(step => catalog.FindProcessType(step.Process.Type)).ToArray();
        var taken = Enumerable.Range(0, types.Length).SelectMany(index => playbook.SourcesOf(index)).ToHashSet();
        var inputs = types.Where(type => type is { IsPrompt: true, Arguments.Count: 0 }).Select(type => type!.Output);
        var outputs = types.Where((type, index) => type is not null && !taken.Contains(index)).Select(type => type!.Output);
        var sources = types.OfType<ProcessType>().SelectMany(type => type.Tags).Where(tag => tag.Group is TagGroups.Service or TagGroups.DataSource);
        return new PlaybookFacts(
            [.. inputs.Select(type => type.Spec).Distinct()],
            [.. outputs.Select(type => type.Spec).Distinct()],
            [.. sources.Select(tag => tag.Value).Distinct()],
            [.. types.OfType<ProcessType>().SelectMany(type => new[] { type.Description.Label, type.Output.Description.Label }).Distinct()],
            [.. playbook.Steps.Select(step => step.Process.Data).OfType<Datum>().SelectMany(UploadLinks.IdsIn).Distinct()]);
    }
}
