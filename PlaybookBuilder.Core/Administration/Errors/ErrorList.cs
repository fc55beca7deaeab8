using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Administration.Errors;

/// <summary>The errors of all programs, for administrators.</summary>
internal sealed class ErrorList(IModelDatabase database)
{
    /// <summary>Newest first.</summary>
    /// <param name="category">Only of this category; null for all but steps that failed.</param>
    /// <exception cref="AccessException">The actor is no administrator.</exception>
    public Task<Paged<LoggedError>> ListAsync(Actor actor, string? category, PageRequest page, CancellationToken cancellationToken)
    {
        actor.RequireAdmin();
        FilterText.Check(category, "category");
        var (before, size) = (PageKey.ReadId(page.After), page.Size);
        return database.ReadAsync(
            async (context, token) =>
            {
                var rows = context.Set<LoggedErrorRow>().Where(row => row.Id < before);
                rows = string.IsNullOrEmpty(category) ? rows.Where(row => row.Category != ErrorLog.FailedStep) : rows.Where(row => row.Category == category);
                var found = await rows.OrderByDescending(row => row.Id).Take(size + 1)
                    .Select(row => new LoggedError(row.Id, row.At, row.Program, row.Category, row.Message, row.Detail, row.TraceId))
                    .ToListAsync(token).ConfigureAwait(false);
                return Paged<LoggedError>.Of(found, size, static error => PageKey.Of(error.Id));
            },
            cancellationToken);
    }
}
