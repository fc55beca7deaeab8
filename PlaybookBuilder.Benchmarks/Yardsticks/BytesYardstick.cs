using System.Collections.Concurrent;

namespace PlaybookBuilder.Benchmarks.Yardsticks;

/// <summary>An ASP.NET application that does nothing but answer.</summary>
internal static class BytesYardstick
{
    public const string EmptyPagePath = "/page";

    private const string EmptyPage = "<!DOCTYPE html><html lang=\"en\"><head><title>Empty</title></head><body><p id=\"there\">There.</p></body></html>";

    public static string BytesPath(int count) => $"/bytes/{count}";

    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        var bodies = new ConcurrentDictionary<int, byte[]>();
        app.MapGet("/", () => "");
        app.MapGet(EmptyPagePath, () => Results.Content(EmptyPage, "text/html"));
        app.MapGet("/bytes/{count:int}", (int count) => Results.Bytes(bodies.GetOrAdd(count, static count => new byte[count]), "text/html"));
        return app;
    }
}
