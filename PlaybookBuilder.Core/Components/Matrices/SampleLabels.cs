using PlaybookBuilder.Core.Catalog;

namespace PlaybookBuilder.Core.Components.Matrices;

/// <summary>What somebody wrote into the table of the samples: for each column the text of each sample. In JSON an object of objects.</summary>
/// <param name="Columns">By the name of the column, then by that of the sample. An empty text takes away what stood there.</param>
public sealed record SampleLabels(OrderedDictionary<string, OrderedDictionary<string, string>> Columns)
    : IBareData<SampleLabels, OrderedDictionary<string, OrderedDictionary<string, string>>>, IChecked
{
    OrderedDictionary<string, OrderedDictionary<string, string>> IBareData<SampleLabels, OrderedDictionary<string, OrderedDictionary<string, string>>>.Bare => Columns;

    static SampleLabels IBareData<SampleLabels, OrderedDictionary<string, OrderedDictionary<string, string>>>.Of(OrderedDictionary<string, OrderedDictionary<string, string>> bare) => new(bare);

    public IEnumerable<(string Path, string Problem)> Check()
    {
        foreach (var (column, labels) in Columns)
        {
            var path = JsonPath.Member("$", column);
            if (column.Length == 0) yield return (path, "the column needs a name");
            if (labels is null) yield return (path, "expected an object from samples to texts, found null");
            else foreach (var sample in labels.Where(label => label.Value is null)) yield return (JsonPath.Member(path, sample.Key), "expected text, found null");
        }
    }
}
