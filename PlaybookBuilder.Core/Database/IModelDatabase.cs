namespace PlaybookBuilder.Core.Database;

/// <summary>Runs units of work through the model, on whichever database there is. What runs thousands of times a second has statements of its own instead.</summary>
internal interface IModelDatabase
{
    /// <summary>Reads; nothing is tracked.</summary>
    /// <exception cref="DatabaseUnavailableException">The database stayed away.</exception>
    Task<T> ReadAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>Writes in one transaction, which is committed when the function returns; it calls <c>SaveChangesAsync</c> itself.</summary>
    /// <param name="write">May be run again, from the beginning, when an answer was lost or others had to be waited for; so it touches nothing but the context, and its ids are made outside it.</param>
    /// <exception cref="DatabaseUnavailableException">The database stayed away.</exception>
    Task<T> WriteAsync<T>(Func<PlaybookDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken);
}
