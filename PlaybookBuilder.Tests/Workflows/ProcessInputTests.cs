using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Workflows;

public sealed class ProcessInputTests
{
    private static readonly Guid Id = Guid.NewGuid();

    [Theory]
    [InlineData("matrix", "matrix", null)]
    [InlineData("sets:2", "sets", 2)]
    [InlineData("sets:0", "sets", 0)]
    [InlineData("a:b:3", "a:b", 3)]
    [InlineData(":3", ":3", null)]
    [InlineData("sets:", "sets:", null)]
    [InlineData("sets:-1", "sets:-1", null)]
    [InlineData("sets: 1", "sets: 1", null)]
    [InlineData("sets:02", "sets:02", null)]
    [InlineData("sets:99999999999", "sets:99999999999", null)]
    [InlineData("", "", null)]
    public void Parse_Key_GivesTheSameKeyBack(string key, string argument, int? position)
    {
        var input = ProcessInput.Parse(key, Id);

        Assert.Equal((argument, position, Id, key), (input.Argument, input.Position, input.ProcessId, input.Key));
    }

    [Fact]
    public void Inputs_OfAnArrayArgument_AreInTheOrderOfTheirNumbers()
    {
        string[] keys = ["sets:10", "a", "sets:2", "sets:1", "Z"];

        var process = new Process("T", null, keys.Select(key => ProcessInput.Parse(key, Id)));

        Assert.Equal(["Z", "a", "sets:1", "sets:2", "sets:10"], process.Inputs.Select(input => input.Key));
    }

    [Fact]
    public void Inputs_OneTwice_IsRefused() =>
        Assert.Throws<WorkflowException>(() => new Process("T", null, [new ProcessInput("sets", 1, Id), new ProcessInput("sets", 1, Guid.NewGuid())]));
}
