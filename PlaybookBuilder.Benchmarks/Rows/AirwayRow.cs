using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using PlaybookBuilder.Benchmarks.Documents;
using PlaybookBuilder.Benchmarks.Load;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;

namespace PlaybookBuilder.Benchmarks.Rows;

/// <summary>The main job: from a file of counts to a figure.</summary>
internal sealed class AirwayRow : IRow
{
    private const int Repetitions = 5;

    public string Name => "airway";

    public async Task<IReadOnlyList<Measurement>> MeasureAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        var file = CountMatrixFile.Find(folder.Path);
        var labels = file.Labels();
        var program = new List<double>();
        var yardstick = new List<double>();
        for (var repetition = 0; repetition < Repetitions; repetition++)
        {
            yardstick.Add(ReadPlainly(file.Path));
            program.Add(await AnalyseAsync(bench, file, labels));
        }

        return
        [
            new()
            {
                What = "airway matrix: upload to labelled PCA figure",
                Claims = [Claim.AtMost(Quantity.Seconds(3), program.Median())],
                Yardstick = new(Quantity.Seconds(yardstick.Median()), program.Median(), "File.ReadLines, Split and double.Parse over the file."),
                Reference = "-",
                Note = $"Upload, POST and GET .../output over HTTP, each of the {Repetitions} times in a program just started in an empty directory; {file.Origin}.",
            },
        ];
    }

    private static async Task<double> AnalyseAsync(Workbench bench, CountMatrixFile file, IReadOnlyDictionary<string, string> labels)
    {
        using var folder = new TemporaryFolder();
        await using var program = await bench.StartAsync(folder);
        using var client = new LoadClient(program.Address);
        await client.GetAsync(PlaybookApi.ExtendPage);
        var analysed = await Timing.OfAsync(async () =>
        {
            var uploaded = await UploadAsync(client, file.Path);
            var id = LoadClient.ReadId(await client.PostAsync(PlaybookApi.Playbooks, PlaybookDocuments.LabelledPca(uploaded, labels)));
            await Outputs.GetAsync(client, id, "\"PlotlyPlot\"");
        });
        return analysed.TotalSeconds;
    }

    /// <param name="prefix">What stands before every path, for a session.</param>
    public static async Task<JsonNode> UploadAsync(LoadClient client, string path, string prefix = "")
    {
        await using var stream = File.OpenRead(path);
        using var form = new MultipartFormDataContent { { new StreamContent(stream), "file", Path.GetFileName(path) } };
        var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, prefix + PlaybookApi.Upload) { Content = form });
        return JsonNode.Parse(answer.Span)?["file"]?[0]?.DeepClone() ?? throw new InvalidDataException("The upload's answer names no file.");
    }

    private static double ReadPlainly(string path)
    {
        var start = Stopwatch.GetTimestamp();
        var sum = 0.0;
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            var fields = line.Split(',');
            for (var column = 1; column < fields.Length; column++) sum += double.Parse(fields[column], CultureInfo.InvariantCulture);
        }

        return sum > 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds : throw new InvalidDataException($"{path} holds no counts.");
    }
}
