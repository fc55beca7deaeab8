using PlaybookBuilder.Core;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Authentication;
using PlaybookBuilder.Web.CommandLine;

return await ApplicationCommand.InvokeAsync(args, ServeAsync);

static async Task ServeAsync(string[] hostArguments)
{
    var builder = WebApplication.CreateBuilder(hostArguments);
    builder.Services.AddPlaybookBuilder(builder.Configuration);
    builder.Services.AddPlaybookAuthentication(builder.Configuration);
    builder.Services.AddPlaybookApi();

    var app = builder.Build();
    app.UsePlaybookApiErrors();
    app.UsePlaybookAuthentication();
    app.MapPlaybookApi();
    app.MapFileUploadApi();
    await app.RunAsync();
}

public partial class Program;
