using PlaybookBuilder.Core;
using PlaybookBuilder.Web.Api;
using PlaybookBuilder.Web.Authentication;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddPlaybookBuilder(builder.Configuration);
builder.Services.AddPlaybookAuthentication(builder.Configuration);
builder.Services.AddPlaybookApi();

var app = builder.Build();
app.UsePlaybookApiErrors();
app.UsePlaybookAuthentication();
app.MapPlaybookApi();
app.MapFileUploadApi();
app.Run();

public partial class Program;
