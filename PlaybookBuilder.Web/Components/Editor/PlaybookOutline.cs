using System.Collections.Immutable;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Components.Editor;

/// <summary>A step where it is read: steps of a branch follow each other, indented under the step that they branch from.</summary>
/// <param name="Index">The step, by its place in the playbook.</param>
/// <param name="Depth">How many branches it stands in.</param>
/// <param name="BranchOf">The step that forks here, where this one begins a branch.</param>
/// <param name="IsLastBranch">Whether no other branch of the same fork begins after this one.</param>
public sealed record OutlineRow(int Index, int Depth, int? BranchOf, bool IsLastBranch);

/// <summary>
/// The order in which a playbook is read. A step whose output several others take is a fork, and each of them begins a branch under it;
/// a step that joins branches stands where they came from.
/// </summary>
public static class PlaybookOutline
{
    public static ImmutableArray<OutlineRow> Of(Playbook playbook)
    {
        var trunk = new Section(null, null);
        var sections = new Section[playbook.Steps.Length];
        var takers = TakersOf(playbook);
        for (var i = 0; i < sections.Length; i++)
        {
            int[] sources = [.. playbook.SourcesOf(i).Distinct()];
            sections[i] = sources switch
            {
                [] => trunk,
                [var only] when takers[only] > 1 => sections[only].Branch(only),
                [var only] => sections[only],
                _ => sources.Select(source => sections[source]).Aggregate(CommonOf),
            };
            sections[i].Steps.Add(i);
        }

        return Read(trunk);
    }

    // A join does not count: it goes on where its branches came from.
    private static int[] TakersOf(Playbook playbook)
    {
        var takers = new int[playbook.Steps.Length];
        for (var i = 0; i < takers.Length; i++)
        {
            if (playbook.SourcesOf(i).Distinct().ToArray() is [var only]) takers[only]++;
        }

        return takers;
    }

    private static Section CommonOf(Section left, Section right)
    {
        while (left != right)
        {
            if (left.Depth >= right.Depth) left = left.Parent!;
            else right = right.Parent!;
        }

        return left;
    }

    // Not recursive: a playbook may fork at every step.
    private static ImmutableArray<OutlineRow> Read(Section trunk)
    {
        var rows = ImmutableArray.CreateBuilder<OutlineRow>();
        var open = new Stack<(Section Section, int Next)>([(trunk, 0)]);
        while (open.TryPop(out var place))
        {
            var (section, next) = place;
            if (next == section.Steps.Count) continue;

            var index = section.Steps[next];
            var isLast = section.Fork is null || section.Parent!.Branches[section.Fork.Value][^1] == section;
            rows.Add(new OutlineRow(index, section.Depth, next == 0 ? section.Fork : null, isLast));
            open.Push((section, next + 1));
            foreach (var branch in Enumerable.Reverse(section.Branches.GetValueOrDefault(index, []))) open.Push((branch, 0));
        }

        return rows.DrainToImmutable();
    }

    private sealed class Section(Section? parent, int? fork)
    {
        public Section? Parent => parent;

        public int? Fork => fork;

        public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

        public List<int> Steps { get; } = [];

        public Dictionary<int, List<Section>> Branches { get; } = [];

        public Section Branch(int index)
        {
            var branch = new Section(this, index);
            if (!Branches.TryGetValue(index, out var siblings)) Branches[index] = siblings = [];
            siblings.Add(branch);
            return branch;
        }
    }
}
