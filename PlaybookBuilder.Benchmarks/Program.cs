using System.CommandLine;
using PlaybookBuilder.Benchmarks;
using PlaybookBuilder.Benchmarks.Programs;
using PlaybookBuilder.Benchmarks.Report;
using PlaybookBuilder.Benchmarks.Rows;
using PlaybookBuilder.Benchmarks.Yardsticks;

// First of all, because how soon a yardstick answers is one of the figures.
if (args is [YardstickProgram.Command, .. var rest])
{
    await YardstickProgram.RunAsync(rest);
    return 0;
}

var only = new Option<string[]>("--only") { Description = "The rows to measure; without it all but ingest-kills, which takes long.", AllowMultipleArgumentsPerToken = true };
only.AcceptOnlyFromAmong([.. AllRows.InOrder.Select(row => row.Name)]);
var markdown = new Option<FileInfo?>("--markdown") { Description = "A file to write the table to as well." };
var published = new Option<DirectoryInfo?>("--published") { Description = "The folder of a published program; without it, the program is published to out/published first." };
var command = new RootCommand("Measures every bar beside its yardstick and prints one table. Bars that are missed don't make it fail: it measures, it doesn't judge.") { only, markdown, published };
command.SetAction(async parsed =>
{
    var executable = parsed.GetValue(published) is { } folder ? Publishing.Executable(folder.FullName) : await Publishing.PublishAsync();
    await using var bench = new Workbench(executable);
    var measurements = await Measuring.RunAsync(bench, parsed.GetValue(only) ?? []);
    var table = MarkdownTable.Write(measurements, TimeProvider.System.GetUtcNow());
    Console.WriteLine(table);
    if (parsed.GetValue(markdown) is { } file) await File.WriteAllTextAsync(file.FullName, table);
});
return await command.Parse(args).InvokeAsync();
