using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Playbooks;

internal static class ModelWrites
{
    private const int MostTries = 4;

    /// <summary>Writes, and looks again where somebody else wrote the same row meanwhile.</summary>
    public static async Task<T> WriteBesideOthersAsync<T>(this IModelDatabase database, Func<PlaybookDbContext, CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await database.WriteAsync(write, cancellationToken).ConfigureAwait(false);
            }
            catch (DbUpdateException) when (tries < MostTries)
            {
                // What the others wrote is there now, and is found by the next try.
            }
        }
    }
}
