using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>
/// Keeps a few from taking what is meant for all: each user, and each network address of those who are not signed in, may ask so much
/// in a minute. The local user and the programs of the deployment ask as they like; pages and their circuits are not counted.
/// </summary>
internal static class RateLimits
{
    /// <summary>For ways to sign in.</summary>
    public const string SignInPolicy = "sign-in";

    private const int SecondsInAMinute = 60;

    public static IServiceCollection AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RateLimitOptions>().Bind(configuration).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsValidator>();
        services.AddRateLimiter(static _ => { });
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimitOptions>>(static (limiter, limits) => Configure(limiter, limits.Value));
        return services;
    }

    private static void Configure(RateLimiterOptions limiter, RateLimitOptions limits)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = static (context, cancellationToken) => RefuseAsync(context);
        limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => IsOfApi(context) ? Bucket("read", context, limits.ReadLimit) : Unlimited),
            PartitionedRateLimiter.Create<HttpContext, string>(context => IsOfApi(context) && Changes(context) ? Bucket("run", context, limits.RunLimit) : Unlimited));
        limiter.AddPolicy(SignInPolicy, context => Bucket("sign-in", context.ToAddress(), limits.SignInLimit));
    }

    private static RateLimitPartition<string> Unlimited => RateLimitPartition.GetNoLimiter("");

    private static RateLimitPartition<string> Bucket(string kind, HttpContext context, int perMinute) =>
        context.User.Identity?.AuthenticationType == LocalUser.Scheme || context.User.IsInRole(Roles.Service)
            ? Unlimited
            : Bucket(kind, context.User.UserId()?.ToString() ?? context.ToAddress(), perMinute);

    // Filled every second, so that nobody waits for a minute to end.
    private static RateLimitPartition<string> Bucket(string kind, string who, int perMinute) =>
        perMinute == 0
            ? Unlimited
            : RateLimitPartition.GetTokenBucketLimiter($"{kind} {who}", _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = Math.Max(1, perMinute / SecondsInAMinute),
                ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, (double)SecondsInAMinute / perMinute)),
                AutoReplenishment = true,
                QueueLimit = 0,
            });

    private static bool IsOfApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/ga4gh");

    private static bool Changes(HttpContext context) => !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method) && !HttpMethods.IsOptions(context.Request.Method);

    private static ValueTask RefuseAsync(OnRejectedContext context)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(SecondsInAMinute);
        var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
        context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return new ValueTask(TypedResults.Problem($"That is more than anybody may ask for in a minute. Try again in {seconds} seconds.", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(context.HttpContext));
    }
}
