using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Tests.Administration;

/// <summary>A database of which whatever writes an audit entry is undone, when a test says so, before it is committed.</summary>
internal sealed class InterruptedDatabase(IModelDatabase inner) : IModelDatabase
{
    public bool IsInterrupted { get; set; }

    public static void Wrap(IServiceCollection services)
    {
        var inner = services.Single(service => service.ServiceType == typeof(IModelDatabase));
        services.Replace(ServiceDescriptor.Singleton<IModelDatabase>(provider =>
            new InterruptedDatabase((IModelDatabase)(inner.ImplementationInstance ?? inner.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, inner.ImplementationType!)))));
    }

    public Task<T> ReadAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken) => inner.ReadAsync(read, cancellationToken);

    public Task<T> WriteAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken) => inner.WriteAsync(
        async (context, token) =>
        {
            var written = await write(context, token);
            return IsInterrupted && context.ChangeTracker.Entries<AuditEntryRow>().Any() ? throw new InvalidDataException("after saving") : written;
        },
        cancellationToken);
}
