using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Rows as those who ask see them.</summary>
internal static class SavedPlaybookRead
{
    /// <summary>Adds to rows what they are found by, in one query for all of them.</summary>
    public static async Task<IReadOnlyList<SavedPlaybook>> ReadAsync(PlaybookDbContext context, IReadOnlyList<SavedPlaybookRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return [];

        var ids = rows.Select(row => row.Id).ToArray();
        var terms = await context.Set<SavedPlaybookTermRow>()
            .Where(term => ids.Contains(term.SavedPlaybookId) && term.Kind > SavedPlaybookTermKind.Word)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        var termsOf = terms.OrderBy(term => term.Value, StringComparer.Ordinal).ToLookup(term => (term.SavedPlaybookId, term.Kind), term => term.Value);
        return [.. rows.Select(row => Of(row, kind => [.. termsOf[(row.Id, kind)]]))];
    }

    private static SavedPlaybook Of(SavedPlaybookRow row, Func<SavedPlaybookTermKind, IReadOnlyList<string>> terms) => new()
    {
        Id = row.Id,
        UserId = row.UserId,
        PlaybookId = row.PlaybookId,
        Version = row.Version,
        Title = row.Title,
        Description = row.Description,
        Authors = row.Authors,
        Licence = row.Licence,
        Published = row.Published,
        IsCurated = row.IsCurated,
        Clicks = row.Clicks,
        Created = row.Created,
        Updated = row.Updated,
        Deleted = row.Deleted,
        Tags = terms(SavedPlaybookTermKind.Tag),
        Inputs = terms(SavedPlaybookTermKind.Input),
        Outputs = terms(SavedPlaybookTermKind.Output),
        Sources = terms(SavedPlaybookTermKind.Source),
    };
}
