using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Catalog;

/// <summary>Tells what can come next in a playbook, and what each of it would still need.</summary>
public static class NextSteps
{
    private const int FewestOfMany = 2;

    /// <summary>
    /// With nothing selected: what starts a playbook. With one step: whatever takes its output. With several: whatever takes a list of what the first of them gives.
    /// </summary>
    /// <param name="selected">Indexes of steps, the current one first.</param>
    public static IReadOnlyList<NextStep> Of(ComponentCatalog catalog, Playbook playbook, IReadOnlyList<int> selected)
    {
        if (selected.Count == 0) return [.. catalog.Taking(null).Where(type => !type.Description.Hidden).Select(type => new NextStep(type, [], []))];
        if (OutputOf(catalog, playbook, selected[0]) is not { } output) return [];

        var offers = Offers(catalog, playbook, selected);
        return [.. catalog.Taking(output.Spec)
            .Where(type => !type.Description.Hidden)
            .Where(type => selected.Count == 1 || type.Arguments.Any(argument => argument.IsMany && argument.DataType.Spec == output.Spec))
            .Select(type => Bind(type, offers, areSeveralSelected: selected.Count > 1))];
    }

    // What an argument may be bound to: what is selected, then the loose ends of the playbook, then everything else, the nearest first.
    private static List<Offer> Offers(ComponentCatalog catalog, Playbook playbook, IReadOnlyList<int> selected)
    {
        var used = Enumerable.Range(0, playbook.Steps.Length).SelectMany(i => playbook.SourcesOf(i)).ToHashSet();
        var backwards = Enumerable.Range(0, playbook.Steps.Length).Reverse().Except(selected).ToArray();
        return [.. selected.Concat(backwards.Where(i => !used.Contains(i))).Concat(backwards.Where(used.Contains))
            .Select(i => (Index: i, Output: OutputOf(catalog, playbook, i)))
            .Where(offer => offer.Output is not null)
            .Select(offer => new Offer(offer.Index, playbook.Steps[offer.Index].Process.Id, offer.Output!.Spec, selected.Contains(offer.Index), IsLoose: !used.Contains(offer.Index)))];
    }

    private static NextStep Bind(ProcessType type, List<Offer> offers, bool areSeveralSelected)
    {
        var inputs = new List<ProcessInput>();
        var lacks = new List<string>();
        foreach (var argument in type.Arguments)
        {
            var fitting = offers.Where(offer => offer.Spec == argument.DataType.Spec);
            Offer[] taken = argument.IsMany
                ? [.. fitting.Where(offer => offer.IsSelected || (offer.IsLoose && !areSeveralSelected)).OrderBy(offer => offer.Index)]
                : [.. fitting.Take(1)];
            if (argument.IsMany && taken.Length < FewestOfMany) lacks.Add($"Multiple {argument.DataType.Description.Label} inputs required");
            else if (taken.Length == 0) lacks.Add($"{argument.DataType.Description.Label} required");

            inputs.AddRange(taken.Select((offer, i) => new ProcessInput(argument.Name, argument.IsMany ? i : null, offer.ProcessId)));
        }

        return new NextStep(type, inputs, lacks);
    }

    private static DataType? OutputOf(ComponentCatalog catalog, Playbook playbook, int index) =>
        catalog.FindProcessType(playbook.Steps[index].Process.Type)?.Output;

    private sealed record Offer(int Index, Guid ProcessId, string Spec, bool IsSelected, bool IsLoose);
}
