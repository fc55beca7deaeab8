using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Web.Authentication.Providers;
using PlaybookBuilder.Web.Authentication.Sessions;
using PlaybookBuilder.Web.Authentication.Tokens;
using PlaybookBuilder.Web.Mail;
using PlaybookBuilder.Web.ProxiedSessions.Worker;

namespace PlaybookBuilder.Web.Authentication;

internal static class AuthenticationServices
{
    /// <summary>The scheme that picks one of the others by what a request shows.</summary>
    private const string Any = "Any";

    public static IServiceCollection AddPlaybookAuthentication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LocalUserOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LocalUserOptions>, LocalUserOptionsValidator>();
        AddSchemes(services, configuration);
        services.AddMail(configuration);
        services.AddRateLimits(configuration);
        // A program of the deployment has a token, and is no user.
        services.AddAuthorization(static options => options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireClaim(ClaimTypes.NameIdentifier).Build());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionState>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<CurrentVisit>();
        services.AddHostedService<LocalUserNotice>();
        return services;
    }

    public static WebApplication UsePlaybookAuthentication(this WebApplication app)
    {
        LoopbackListening.Check(app.Configuration, app.Services.GetRequiredService<IOptions<LocalUserOptions>>().Value);
        app.UseMiddleware<LocalUserToken>();
        app.UseMiddleware<SameOrigin>();
        app.UseAuthentication();
        app.UseMiddleware<TokenRules>();
        app.UseRateLimiter();
        app.UseAuthorization();
        return app;
    }

    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        app.MapSignIn();
        app.MapEmailSignIn();
        app.MapSignOut();
    }

    private static void AddSchemes(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<SignInOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<SignInOptions>, SignInOptionsValidator>();
        services.AddSingleton<SignInProviders>().AddSingleton<SignInCallback>().AddSingleton<SessionCookie>().AddSingleton<LinkTokens>();
        var authentication = services.AddAuthentication(Any)
            .AddPolicyScheme(Any, null, static options =>
            {
                options.ForwardDefaultSelector = static context => context.CameThroughTunnel() ? SessionOwnerHandler.SchemeName : SchemeFor(context.Request);
                options.ForwardChallenge = SessionHandler.SchemeName;
            })
            .AddScheme<AuthenticationSchemeOptions, LocalUserHandler>(LocalUser.Scheme, null)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(BearerHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, SessionHandler>(SessionHandler.SchemeName, null);
        foreach (var provider in ReadProviders(configuration)) authentication.AddProvider(provider);
    }

    private static string SchemeFor(HttpRequest request)
    {
        if (BearerHandler.IsShown(request)) return BearerHandler.SchemeName;

        return SessionCookie.Read(request) is null ? LocalUser.Scheme : SessionHandler.SchemeName;
    }

    // Wrong settings are told when the options are validated.
    private static IReadOnlyList<SignInProvider> ReadProviders(IConfiguration configuration)
    {
        var options = new SignInOptions();
        configuration.Bind(options);
        return new SignInOptionsValidator().Validate(null, options).Succeeded ? options.Read() : [];
    }
}
