using PlaybookBuilder.Web.CommandLine;
using PlaybookBuilder.Web.Hosting;
using PlaybookBuilder.Web.ProxiedSessions.Worker;

return await ApplicationCommand.InvokeAsync(args, ServeAsync, WorkerHost.RunAsync, SessionHost.RunAsync);

static async Task ServeAsync(string[] hostArguments)
{
    // The program's own folder holds what it serves, wherever it is started from; data/ is relative to the working directory.
    var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = hostArguments, ContentRootPath = AppContext.BaseDirectory });
    builder.AddApplication("serve");
    await using var app = builder.Build();
    await app.PrepareAsync();
    await app.RunAsync();
}

public partial class Program;
