using Microsoft.EntityFrameworkCore;

namespace PlaybookBuilder.Core.Accounts;

/// <summary>What is made where it is missing may be made by two at once: the second fails, and finds it when it looks again.</summary>
internal static class Races
{
    public static async Task<T> RetryAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (DbUpdateException)
        {
            return await work().ConfigureAwait(false);
        }
    }
}
