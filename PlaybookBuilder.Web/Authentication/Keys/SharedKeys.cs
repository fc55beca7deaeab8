using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Database.Postgres;
using PlaybookBuilder.Core.Secrets;

namespace PlaybookBuilder.Web.Authentication.Keys;

/// <summary>The keys that protect what is given to browsers (circuits, tokens against forgery, cookies): replicas share them, so that what one gave another understands.</summary>
internal static class SharedKeys
{
    private const string ApplicationName = "playbook-builder";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    // A replica whose clock is behind would not use a key that is of its future, and make another that those before it don't know.
    private static readonly TimeSpan LargestSkew = TimeSpan.FromDays(1);

    public static IServiceCollection AddSharedKeys(this IServiceCollection services, IConfiguration configuration)
    {
        var protection = services.AddDataProtection().SetApplicationName(ApplicationName).SetDefaultKeyLifetime(Lifetime);
        if (!PostgresUrl.IsOne(configuration[DatabaseOptions.Variable] ?? "")) return services;

        services.AddSingleton<PostgresKeyStore>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(static services => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = ActivatorUtilities.CreateInstance<SecretKeyRepository>(services);
            options.XmlEncryptor = new SecretXmlEncryptor(services.GetRequiredService<AppSecret>());
        }));
        return services;
    }

    /// <summary>Makes the first key under a lock: replicas that start together would each make one that the others don't know yet.</summary>
    public static void PrepareSharedKeys(this IServiceProvider services)
    {
        if (services.GetService<PostgresKeyStore>() is not { } store) return;

        store.Alone(() =>
        {
            var keys = services.GetRequiredService<IKeyManager>();
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            if (!keys.GetAllKeys().Any(key => !key.IsRevoked && key.ActivationDate <= now && now < key.ExpirationDate)) keys.CreateNewKey(now - LargestSkew, now + Lifetime);
        });
    }
}
