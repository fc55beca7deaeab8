using PlaybookBuilder.Core;
using PlaybookBuilder.Web.Hosting;

// The program's own folder holds what it serves, wherever it is started from; data/ is relative to the working directory.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.WebHost.UseStaticWebAssets();
builder.Services.AddPlaybookBuilder(builder.Configuration);
builder.Services.AddWebInterface(builder.Configuration);

var app = builder.Build();
app.UseWebInterface();
app.MapWebInterface();
app.Run();

public partial class Program;
