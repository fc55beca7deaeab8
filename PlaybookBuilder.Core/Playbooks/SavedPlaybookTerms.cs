using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Keeps what a saved playbook is found by in step with it.</summary>
/// <remarks>
/// Words are kept of published playbooks only, so that a search meets nothing else. Each of these has the empty word too, with which every
/// word begins: it leads to all of them.
/// </remarks>
internal static class SavedPlaybookTerms
{
    private const int MostWords = 300;

    /// <summary>Puts the terms of a row in the place of those that it had.</summary>
    /// <param name="tags">Null where they stay as they are.</param>
    public static async Task ReplaceAsync(PlaybookDbContext context, SavedPlaybookRow row, PlaybookFacts facts, IReadOnlyList<string>? tags, CancellationToken cancellationToken)
    {
        var before = await context.Set<SavedPlaybookTermRow>().Where(term => term.SavedPlaybookId == row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        tags ??= [.. before.Where(term => term.Kind == SavedPlaybookTermKind.Tag).Select(term => term.Value)];
        var after = Of(row, facts, tags).ToHashSet();
        var kept = before.Where(term => after.Contains((term.Kind, term.Value))).ToList();
        context.RemoveRange(before.Except(kept));
        context.AddRange(after.Except(kept.Select(term => (term.Kind, term.Value))).Select(term => new SavedPlaybookTermRow { SavedPlaybookId = row.Id, Kind = term.Kind, Value = term.Value }));
    }

    private static IEnumerable<(SavedPlaybookTermKind Kind, string Value)> Of(SavedPlaybookRow row, PlaybookFacts facts, IReadOnlyList<string> tags)
    {
        IEnumerable<string> words = row.Published is null ? [] : Words.Of([row.Title, .. tags, .. facts.Sources, row.Authors, .. facts.Labels, row.Description]).Take(MostWords).Append("");
        return words.Select(word => (SavedPlaybookTermKind.Word, word))
            .Concat(tags.Select(tag => (SavedPlaybookTermKind.Tag, tag)))
            .Concat(facts.Inputs.Select(spec => (SavedPlaybookTermKind.Input, spec)))
            .Concat(facts.Outputs.Select(spec => (SavedPlaybookTermKind.Output, spec)))
            .Concat(facts.Sources.Select(source => (SavedPlaybookTermKind.Source, source)))
            .Concat(facts.Uploads.Select(id => (SavedPlaybookTermKind.Upload, id)));
    }
}
