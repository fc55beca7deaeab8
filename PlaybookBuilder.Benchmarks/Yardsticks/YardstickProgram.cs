namespace PlaybookBuilder.Benchmarks.Yardsticks;

/// <summary>The plain web servers that figures are set in relation to, each a child process of the benchmarks.</summary>
internal static class YardstickProgram
{
    public const string Command = "yardstick";

    /// <param name="args">The kind, then arguments of the host.</param>
    public static Task RunAsync(string[] args)
    {
        var kind = Enum.Parse<YardstickKind>(args[0], ignoreCase: true);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args[1..], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        return kind switch
        {
            YardstickKind.Bytes => BytesYardstick.Build(builder).RunAsync(),
            YardstickKind.Rows => RowsYardstick.Build(builder).RunAsync(),
            YardstickKind.Postgres => PostgresYardstick.Build(builder).RunAsync(),
            YardstickKind.Hangfire => HangfireYardstick.Build(builder).RunAsync(),
            YardstickKind.Circuits => CircuitsYardstick.Build(builder).RunAsync(),
            YardstickKind.Live => LiveYardstick.Build(builder).RunAsync(),
            _ => throw new ArgumentOutOfRangeException(nameof(args), kind, "There is no such yardstick."),
        };
    }
}
