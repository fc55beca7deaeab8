using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Components.Playbooks;

/// <summary>A small playbook that works: a gene set that is answered already, and one gene chosen of it.</summary>
internal static class ExamplePlaybook
{
    private const string Input = "Input[Set[Gene]]";
    private const string Choice = "OneSetT[Set[Gene]]";

    /// <returns>Null where the catalogue lacks what it is made of.</returns>
    public static Playbook? Of(ComponentCatalog catalog)
    {
        if (catalog.FindProcessType(Input) is not { Output: { Description.Example: { } example } output }) return null;

        var set = new Process(Input, output.Encode(example));
        var playbook = Playbook.Empty.Extend(set);
        if (catalog.FindProcessType(Choice) is { Arguments: [var argument] }) playbook = playbook.Extend(new Process(Choice, inputs: [new ProcessInput(argument.Name, null, set.Id)]));
        return playbook.WithMetadata(new PlaybookMetadata("Example: one gene of a set", "A set of genes to begin with, and a choice that waits for you."));
    }
}
