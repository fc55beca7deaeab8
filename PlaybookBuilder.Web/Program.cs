using PlaybookBuilder.Core;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Authentication;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddPlaybookBuilder(builder.Configuration);
builder.Services.AddPlaybookAuthentication(builder.Configuration);

var app = builder.Build();
app.UsePlaybookAuthentication();
app.MapFileUploadApi();
app.Run();

public partial class Program;
