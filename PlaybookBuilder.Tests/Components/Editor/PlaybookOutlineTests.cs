using PlaybookBuilder.Core.Workflows;
using PlaybookBuilder.Web.Components.Editor;

namespace PlaybookBuilder.Tests.Components.Editor;

public sealed class PlaybookOutlineTests
{
    [Fact]
    public void Of_EmptyPlaybook_HasNoRows() => Assert.Empty(PlaybookOutline.Of(Playbook.Empty));

    [Fact]
    public void Of_Chain_HasNoBranches()
    {
        var rows = PlaybookOutline.Of(PlaybookOf([], [0], [1]));

        Assert.Equal([0, 1, 2], rows.Select(row => row.Index));
        Assert.All(rows, row => Assert.Equal((0, null), (row.Depth, row.BranchOf)));
    }

    [Fact]
    public void Of_Fork_IndentsEachBranchUnderIt()
    {
        // 0 -> 1 and 0 -> 2; 1 -> 3
        var rows = PlaybookOutline.Of(PlaybookOf([], [0], [0], [1]));

        Assert.Equal([(0, 0, null), (1, 1, 0), (3, 1, null), (2, 1, (int?)0)], rows.Select(row => (row.Index, row.Depth, row.BranchOf)));
        Assert.False(rows[1].IsLastBranch);
        Assert.True(rows[3].IsLastBranch);
    }

    [Fact]
    public void Of_JoinOfBranches_StandsWhereTheyCameFrom()
    {
        var rows = PlaybookOutline.Of(PlaybookOf([], [0], [0], [1, 2], [3]));

        Assert.Equal([(0, 0), (1, 1), (2, 1), (3, 0), (4, 0)], rows.Select(row => (row.Index, row.Depth)));
    }

    [Fact]
    public void Of_JoinOfInputs_StaysOnTheTrunk()
    {
        var rows = PlaybookOutline.Of(PlaybookOf([], [], [0, 1]));

        Assert.All(rows, row => Assert.Equal(0, row.Depth));
    }

    [Fact]
    public void Of_JoinAcrossDepths_GoesToTheSharedTrunk()
    {
        // 0 forks into 1 and 2; 2 forks into 3 and 4; 5 joins 1 and 4
        var rows = PlaybookOutline.Of(PlaybookOf([], [0], [0], [2], [2], [1, 4]));

        Assert.Equal(0, rows.Single(row => row.Index == 5).Depth);
        Assert.Equal(2, rows.Single(row => row.Index == 4).Depth);
    }

    [Fact]
    public void Of_ForkAtEveryOneOfThousandSteps_HasEveryStepOnce()
    {
        int[][] sources = [[], .. Enumerable.Range(1, 1000).Select(i => new[] { (i - 1) / 2 })];

        var rows = PlaybookOutline.Of(PlaybookOf(sources));

        Assert.Equal(Enumerable.Range(0, 1001), rows.Select(row => row.Index).Order());
    }

    private static Playbook PlaybookOf(params int[][] sources)
    {
        var playbook = Playbook.Empty;
        foreach (var (index, taken) in sources.Index())
        {
            playbook = playbook.Extend(new Process($"T{index}", inputs: taken.Select((source, i) => new ProcessInput("in", i, playbook.Steps[source].Process.Id))));
        }

        return playbook;
    }
}
