using PlaybookBuilder.Core.Workflows;
using static PlaybookBuilder.Tests.Support.Playbooks;

namespace PlaybookBuilder.Tests.Workflows;

public sealed class PlaybookTests
{
    [Fact]
    public void Empty_HasNoHeadAndNoMetadata()
    {
        Assert.True(Playbook.Empty.IsEmpty);
        Assert.Null(Playbook.Empty.Metadata);
        Assert.Throws<InvalidOperationException>(() => Playbook.Empty.Head);
        Assert.True(Playbook.Empty.WithMetadata(new PlaybookMetadata("x")).IsEmpty);
    }

    [Fact]
    public void Extend_TwoThatBeginAlike_ShareTheirSteps()
    {
        var start = Playbook.Empty.Extend(Ask("a"));
        var left = start.Extend(Copy(start.Head.Process));
        var right = start.Extend(Ask("b"));

        Assert.Equal(start.Id, left.Steps[0].Id);
        Assert.Equal(left.Steps[0].Id, right.Steps[0].Id);
        Assert.Equal(start.Id, left.Head.ParentId);
        Assert.NotEqual(left.Id, right.Id);
        Assert.Null(start.Head.ParentId);
    }

    [Fact]
    public void Extend_InputNotInThePlaybook_IsRefusedWithItsName()
    {
        var exception = Assert.Throws<WorkflowException>(() => Chain(1).Extend(Copy(Ask("elsewhere"))));

        Assert.Contains("'text'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_InputThatStandsLater_IsRefused()
    {
        var (ask, copy) = (Ask("a"), Copy(Ask("a")));
        var first = new Step(copy, null);

        Assert.Throws<WorkflowException>(() => Playbook.Of([first, new Step(ask, first.Id)]));
    }

    [Fact]
    public void Rebase_Chain_ChangesTheStepAndWhatDependsOnIt()
    {
        var playbook = Playbook.Empty.Extend(Ask("a")).Extend(Ask("b"));
        playbook = playbook.Extend(Copy(playbook.Steps[0].Process)).Extend(Copy(playbook.Steps[1].Process));

        var rebased = playbook.Rebase(1, Ask("c"));

        Assert.Equal(playbook.Steps[0].Id, rebased.Steps[0].Id);
        Assert.Equal(playbook.Steps[2].Process.Id, rebased.Steps[2].Process.Id);
        Assert.Equal(Copy(Ask("c")).Id, rebased.Steps[3].Process.Id);
        Assert.Equal(rebased.Steps[2].Id, rebased.Steps[3].ParentId);
        Assert.Equal(playbook.Id, rebased.Rebase(1, Ask("b")).Id);
    }

    [Fact]
    public void Rebase_Join_TakesTheNewOneAtItsPlace()
    {
        var playbook = Playbook.Empty.Extend(Ask("a")).Extend(Ask("b"));
        playbook = playbook.Extend(Join(playbook.Steps[1].Process, playbook.Steps[0].Process));

        var rebased = playbook.Rebase(0, Ask("c"));

        Assert.Equal([Ask("b").Id, Ask("c").Id], rebased.Steps[2].Process.Inputs.Select(input => input.ProcessId));
        Assert.Equal([1, 0], rebased.SourcesOf(2));
    }

    [Fact]
    public void Rebase_OneOfTwoEqualSteps_ChangesOnlyWhatHangsOnIt()
    {
        var playbook = Playbook.Empty.Extend(Ask(null));
        playbook = playbook.Extend(Copy(playbook.Head.Process)).Extend(Ask(null));
        playbook = playbook.Extend(Join(playbook.Steps[1].Process, playbook.Steps[2].Process));

        var first = playbook.Rebase(0, Ask("a"));
        var second = playbook.Rebase(2, Ask("b"));

        Assert.Equal([Copy(Ask("a")).Id, Ask(null).Id], first.Head.Process.Inputs.Select(input => input.ProcessId));
        Assert.Equal([Copy(Ask(null)).Id, Ask("b").Id], second.Head.Process.Inputs.Select(input => input.ProcessId));
    }

    [Fact]
    public void Rebase_OntoAnInputThatStandsLater_IsRefused()
    {
        var playbook = Chain(3);

        Assert.Throws<WorkflowException>(() => playbook.Rebase(1, Copy(playbook.Steps[1].Process)));
    }

    [Fact]
    public void Rebase_FrozenDependent_IsFrozenNoMore()
    {
        var playbook = Playbook.Empty.Extend(Ask("a")).Extend(Ask("b"));
        playbook = playbook
            .Extend(new Process("Copy", null, [new ProcessInput("text", null, Ask("a").Id)], DateTimeOffset.UnixEpoch))
            .Extend(new Process("Copy", null, [new ProcessInput("text", null, Ask("b").Id)], DateTimeOffset.UnixEpoch));

        var rebased = playbook.Rebase(0, Ask("c"));

        Assert.Null(rebased.Steps[2].Process.Timestamp);
        Assert.Equal(DateTimeOffset.UnixEpoch, rebased.Steps[3].Process.Timestamp);
    }

    [Fact]
    public void WithCell_OfAStep_KeepsProcessesAndWhatStandsBefore()
    {
        var playbook = Chain(3);

        var labelled = playbook.WithCell(1, new CellMetadata("Label", "Text", false));

        Assert.Equal(playbook.Steps[0].Id, labelled.Steps[0].Id);
        Assert.NotEqual(playbook.Steps[1].Id, labelled.Steps[1].Id);
        Assert.Equal(playbook.Steps.Select(step => step.Process.Id), labelled.Steps.Select(step => step.Process.Id));
        Assert.Equal("Label", labelled.Steps[1].Cell!.Label);
        Assert.Equal(playbook.Id, labelled.WithCell(1, null).Id);
    }

    [Fact]
    public void WithMetadata_ThenExtend_KeepsTheTitle()
    {
        var playbook = Chain(2).WithMetadata(new PlaybookMetadata("One"));
        var extended = playbook.Extend(Ask("x"));

        Assert.Equal("One", extended.Metadata!.Title);
        Assert.Equal("Two", extended.WithMetadata(new PlaybookMetadata("Two")).Metadata!.Title);
        Assert.Equal("One", extended.WithMetadata(new PlaybookMetadata("Two")).WithMetadata(null).Metadata!.Title);
    }

    [Fact]
    public void Rebase_Metadata_StaysAtItsStep()
    {
        var playbook = Chain(3).WithCell(1, new CellMetadata("Cell")).WithMetadata(new PlaybookMetadata("Title"));

        var rebased = playbook.Rebase(0, Ask("other"));

        Assert.Equal("Cell", rebased.Steps[1].Cell!.Label);
        Assert.Equal("Title", rebased.Metadata!.Title);
    }

    [Fact]
    public void LineageAndDependents_OfADiamond_AreWhatHangsTogether()
    {
        var playbook = Playbook.Empty.Extend(Ask("a")).Extend(Ask("alone"));
        playbook = playbook.Extend(Copy(Ask("a"))).Extend(Copy(Copy(Ask("a"))));
        playbook = playbook.Extend(Join(playbook.Steps[2].Process, playbook.Steps[3].Process));

        Assert.Equal([0, 2, 3, 4], playbook.LineageOf(4));
        Assert.Equal([0, 2, 3, 4], playbook.DependentsOf(0));
        Assert.Equal([1], playbook.DependentsOf(1));
        Assert.Equal([3, 4], playbook.DependentsOf(3));
    }

    [Fact]
    public void IndexOf_StepAndProcess_FindsTheLastOrNone()
    {
        var playbook = Playbook.Empty.Extend(Ask(null)).Extend(Ask(null));

        Assert.Equal(1, playbook.IndexOfProcess(Ask(null).Id));
        Assert.Equal(0, playbook.IndexOfStep(playbook.Steps[0].Id));
        Assert.Equal(-1, playbook.IndexOfStep(Guid.NewGuid()));
        Assert.Equal(-1, playbook.IndexOfProcess(Guid.NewGuid()));
    }

    [Fact]
    public void Rebase_RandomPlaybooks_KeepsEveryUnaffectedProcessAndIsUndoneByItsReverse()
    {
        var random = new Random(20);
        for (var round = 0; round < 200; round++)
        {
            var playbook = RandomPlaybook(random, steps: 1 + random.Next(15));
            var index = random.Next(playbook.Steps.Length);
            if (playbook.Steps[index].Process.Inputs.Length > 0) continue;

            var rebased = playbook.Rebase(index, Ask($"new {round}"));

            var affected = playbook.DependentsOf(index);
            for (var i = 0; i < playbook.Steps.Length; i++)
            {
                Assert.Equal(!affected.Contains(i), playbook.Steps[i].Process.Id == rebased.Steps[i].Process.Id);
                Assert.Equal(i < index, playbook.Steps[i].Id == rebased.Steps[i].Id);
            }

            Assert.Equal(playbook.Id, rebased.Rebase(index, playbook.Steps[index].Process).Id);
            Assert.Equal(rebased.Id, Playbook.Of(rebased.Steps).Id);
        }
    }
}
