using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Tests.Workflows;

/// <summary>The ids are part of what the outside relies on: a change of one of these changes every address.</summary>
public sealed class ContentIdTests
{
    private static readonly Process Gene = new("Input[Gene]", Datum.OfJson("Input[Gene]", "\"ACE2\""));

    [Fact]
    public void OfCanonical_AnyText_HasVersionAndVariantOfRfc9562()
    {
        for (var i = 0; i < 1000; i++)
        {
            var text = ContentId.OfCanonical($"[{i}]").ToString();
            Assert.Equal('8', text[14]);
            Assert.Contains(text[19], "89ab");
        }
    }

    [Fact]
    public void OfCanonical_KnownText_IsTheStartOfItsSha256() =>
        // sha256("abc") = ba7816bf 8f01cfea 414140de 5dae2223 ..., with 4 in 414140de's place for the version made 8 and 5d for the variant made 9d.
        Assert.Equal(new Guid("ba7816bf-8f01-8fea-8141-40de5dae2223"), ContentId.OfCanonical("abc"));

    [Fact]
    public void Ids_OfEachRecord_ArePinned()
    {
        var set = new Process("Set", null, [new ProcessInput("genes", 10, Gene.Id), new ProcessInput("genes", 2, Gene.Id)]);
        var step = new Step(Gene, null, new CellMetadata("Gen", "Größe"), new PlaybookMetadata("Title"));

        Assert.Equal(PinnedData, Gene.Data!.Id.ToString());
        Assert.Equal(PinnedProcess, Gene.Id.ToString());
        Assert.Equal(PinnedSet, set.Id.ToString());
        Assert.Equal(PinnedFrozen, new Process("Set", null, null, DateTimeOffset.UnixEpoch.AddMilliseconds(1)).Id.ToString());
        Assert.Equal(PinnedStep, step.Id.ToString());
    }

    private const string PinnedData = "5af4bbd3-ea1a-8847-8907-d031a88888c1";
    private const string PinnedProcess = "080fb3bb-1d37-8f71-8836-234e831e6761";
    private const string PinnedSet = "2a45c0b5-24b7-8ade-be19-fdc825e0ab7b";
    private const string PinnedFrozen = "433968c2-4927-8fd9-8341-e54c55a6ffdb";
    private const string PinnedStep = "7c1efefe-4d1c-80c1-bf32-c644c916290b";

    [Fact]
    public void ProcessId_Identity_HasTypeDataInputsAndTime()
    {
        Assert.Equal(
            ContentId.OfCanonical($"[\"Set\",null,[[\"genes:2\",\"{Gene.Id}\"],[\"genes:10\",\"{Gene.Id}\"]],null]"),
            new Process("Set", null, [new ProcessInput("genes", 10, Gene.Id), new ProcessInput("genes", 2, Gene.Id)]).Id);
        Assert.Equal(ContentId.OfCanonical("[\"Input[Gene]\",\"ACE2\"]"), Gene.Data!.Id);
    }

    [Fact]
    public void DatumId_EqualValuesWrittenOtherwise_IsEqual() =>
        Assert.Equal(Datum.OfJson("T", "{\"a\":1,\"b\":[2.0]}").Id, Datum.OfJson("T", " { \"b\" : [2], \"a\" : 1.0 } ").Id);

    [Fact]
    public void ProcessId_TimeWithinOneMillisecond_IsEqual()
    {
        var time = new DateTimeOffset(2024, 5, 6, 7, 8, 9, 123, TimeSpan.Zero);
        Assert.Equal(new Process("T", null, null, time).Id, new Process("T", null, null, time.AddTicks(17).ToOffset(TimeSpan.FromHours(2))).Id);
        Assert.NotEqual(new Process("T", null, null, time).Id, new Process("T", null, null, time.AddSeconds(1)).Id);
    }

    [Fact]
    public void ProcessId_TypeWithoutCanonicalForm_IsRefused() => Assert.Throws<WorkflowException>(() => new Process("a\0b"));
}
