using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using PlaybookBuilder.Web.Api.Admin;
using PlaybookBuilder.Web.Api.Drs;
using PlaybookBuilder.Web.Api.OpenApi;
using PlaybookBuilder.Web.ProxiedSessions;

namespace PlaybookBuilder.Web.Api;

/// <summary>The HTTP API of playbooks, processes and components; see docs/api.md.</summary>
internal static class PlaybookApi
{
    private const string Root = "/api";

    public static IServiceCollection AddPlaybookApi(this IServiceCollection services) => services
        .AddSingleton<ResultWait>()
        .AddTransient<IStartupFilter, HeadRequests>()
        .AddExceptionHandler<ApiExceptionHandler>()
        .AddSingleton<IProblemDetailsWriter, DrsProblems>()
        .AddSingleton<DrsAddresses>()
        .AddProblemDetails(static options => options.CustomizeProblemDetails = static context => context.ProblemDetails.Detail ??= ApiProblems.DetailOf(context.HttpContext))
        // Else a value that can't be read from an address is refused without a word.
        .Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true)
        .ConfigureHttpJsonOptions(static options => options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)
        .AddApiDescription();

    /// <summary>Answers errors of the API with problem details; pages have theirs.</summary>
    public static WebApplication UsePlaybookApiErrors(this WebApplication app)
    {
        app.UseWhen(static context => context.Request.Path.StartsWithSegments(Root) || context.Request.Path.StartsWithSegments(DrsApi.Root), static api =>
        {
            api.UseExceptionHandler();
            api.UseStatusCodePages();
            api.UseAllowedMethods();
        });
        // What a session's worker answers is left as it is.
        app.UseWhen(static context => context.Request.Path.StartsWithSegments(SessionPaths.Prefix), static session => session.UseExceptionHandler());
        return app;
    }

    public static WebApplication MapPlaybookApi(this WebApplication app)
    {
        var db = app.MapGroup($"{Root}/db").WithMetadata(new RequestSizeLimitAttribute(JsonBody.ServerLimit));
        var playbooks = db.MapGroup("").WithTags("Playbooks");
        playbooks.MapPlaybooks();
        playbooks.MapOutputs();
        playbooks.MapStatus();
        playbooks.MapChanges();
        db.MapGroup("").WithTags("Processes").MapProcesses();
        db.MapGroup("/user").WithTags("Suggestions").MapOwnSuggestions();
        app.MapGroup($"{Root}/suggest").WithMetadata(new RequestSizeLimitAttribute(JsonBody.ServerLimit)).WithTags("Suggestions").MapSuggestions();
        var v1 = app.MapGroup($"{Root}/v1").WithMetadata(new RequestSizeLimitAttribute(JsonBody.ServerLimit));
        v1.MapGroup("/public").WithTags("Published playbooks").MapPublishedPlaybooks();
        v1.MapGroup("/user/playbooks").WithTags("Saved playbooks").MapSavedPlaybooks();
        db.MapGroup("").WithTags("Users").MapUsers();
        app.MapGroup($"{Root}/v1/user").WithTags("Users").WithMetadata(new RequestSizeLimitAttribute(JsonBody.ServerLimit)).MapTokens();
        v1.MapGroup("/user").WithTags("Files").MapUploads();
        v1.MapGroup("/user/integrations/cavatica").WithTags("Sessions").MapCavaticaAccount();
        v1.MapGroup("/user/integrations/cavatica").WithTags("Sessions").MapSessions();
        v1.MapGroup("/user/integrations/cavatica").WithTags("Sessions").MapSessionPlaybooks();
        v1.MapGroup("/user/integrations/cavatica").WithTags("Sessions").MapWork();
        app.MapAccountExport();
        app.MapAdministration();
        app.MapDrs();
        app.MapGroup($"{Root}/components").WithTags("Components").MapComponents();
        app.MapOpenApi();
        app.MapApiPage();
        return app;
    }
}
