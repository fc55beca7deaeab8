using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Writes one version of a saved playbook, with the results that it freezes. May be run again.</summary>
internal sealed class SavedPlaybookWrite(Guid user, FrozenPlaybook frozen, PlaybookFacts facts, Guid newId, DateTimeOffset now)
{
    private readonly Playbook _playbook = frozen.Playbook;

    /// <param name="row">The saved playbook that it is a version of; null for a new one.</param>
    /// <returns>Null when a result was freed since it was looked at.</returns>
    public async Task<SavedPlaybook?> RunAsync(PlaybookDbContext context, SavedPlaybookRow? row, CancellationToken cancellationToken)
    {
        if (row?.PlaybookId != _playbook.Id)
        {
            if (!await AddResultsAsync(context, cancellationToken).ConfigureAwait(false)) return null;

            row = row is null ? Add(context) : Update(row);
            context.Add(new SavedPlaybookVersionRow { SavedPlaybookId = row.Id, Number = row.Version, PlaybookId = row.PlaybookId, Title = row.Title, Created = now });
            await HoldResultsAsync(context, row.Id, cancellationToken).ConfigureAwait(false);
            await SavedPlaybookTerms.ReplaceAsync(context, row, facts, tags: null, cancellationToken).ConfigureAwait(false);
            await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        }

        return (await SavedPlaybookRead.ReadAsync(context, [row], cancellationToken).ConfigureAwait(false))[0];
    }

    // Whoever froze the same result at the same time made the same process of it.
    private async Task<bool> AddResultsAsync(PlaybookDbContext context, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. frozen.Results.Select(result => result.ProcessId)];
        var present = await (context.Database.IsNpgsql()
            // Whoever frees what is old waits, and then finds it held.
            ? context.Database.SqlQuery<Guid>($"""SELECT process_id AS "Value" FROM resolution WHERE process_id = ANY({ids}) ORDER BY process_id FOR KEY SHARE""").ToListAsync(cancellationToken)
            : context.Set<ResolutionRow>().Where(result => ids.Contains(result.ProcessId)).Select(result => result.ProcessId).ToListAsync(cancellationToken)).ConfigureAwait(false);
        ResolutionRow[] missing = [.. frozen.Results.ExceptBy(present, result => result.ProcessId)];
        Guid[] values = [.. missing.Select(result => result.DataId).Distinct()];
        var kept = await (context.Database.IsNpgsql()
            ? context.Database.SqlQuery<Guid>($"""SELECT id AS "Value" FROM data WHERE id = ANY({values}) ORDER BY id FOR KEY SHARE""").ToListAsync(cancellationToken)
            : context.Set<DataRow>().Where(data => values.Contains(data.Id)).Select(data => data.Id).ToListAsync(cancellationToken)).ConfigureAwait(false);
        context.AddRange(missing);
        return kept.Count == values.Length;
    }

    private async Task HoldResultsAsync(PlaybookDbContext context, Guid savedId, CancellationToken cancellationToken)
    {
        var ids = frozen.Results.Select(result => result.ProcessId).ToArray();
        var held = await context.Set<SavedPlaybookResultRow>().Where(result => result.SavedPlaybookId == savedId && ids.Contains(result.ProcessId)).Select(result => result.ProcessId).ToListAsync(cancellationToken).ConfigureAwait(false);
        context.AddRange(ids.Except(held).Select(id => new SavedPlaybookResultRow { SavedPlaybookId = savedId, ProcessId = id }));
    }

    private SavedPlaybookRow Add(PlaybookDbContext context)
    {
        var row = new SavedPlaybookRow
        {
            Id = newId,
            UserId = user,
            PlaybookId = _playbook.Id,
            Version = 1,
            Title = Title,
            Description = Description,
            Authors = "",
            Licence = "",
            IsCurated = false,
            Clicks = 0,
            Created = now,
            Updated = now,
        };
        context.Add(row);
        return row;
    }

    private SavedPlaybookRow Update(SavedPlaybookRow row)
    {
        row.PlaybookId = _playbook.Id;
        row.Version++;
        row.Title = Title;
        // What was written for those who look for playbooks stays; it says more than a summary does.
        if (row.Licence.Length == 0) row.Description = Description;
        row.Updated = now;
        return row;
    }

    private string Title => GivenText.Shorten(_playbook.Metadata?.Title ?? "", SavedPlaybooks.LongestTitle) is { Length: > 0 } title ? title : "Untitled playbook";

    private string Description => GivenText.Shorten(_playbook.Metadata?.Description ?? "", SavedPlaybooks.LongestDescription);
}
