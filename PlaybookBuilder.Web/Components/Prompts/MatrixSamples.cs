using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Components.Matrices;
using PlaybookBuilder.Core.Engine;
using PlaybookBuilder.Core.Files;

namespace PlaybookBuilder.Web.Components.Prompts;

/// <summary>Reads the samples from the file of a matrix.</summary>
internal sealed class MatrixSamples(IPlaybookFiles files) : ISampleReader
{
    public async Task<SampleSheet> ReadAsync(object matrix, Guid processId, CancellationToken cancellationToken)
    {
        var data = await RunningProcess.RunAsync(processId, () => files.ReadAsync((MatrixFile)matrix, Progress.None, cancellationToken));
        return new SampleSheet(data.Samples.Index, [.. data.Samples.Columns.Select(column => new SampleAnnotation(column.Name, column.Values))]);
    }
}
