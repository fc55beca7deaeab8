using Microsoft.EntityFrameworkCore;
using PlaybookBuilder.Core.Database;

namespace PlaybookBuilder.Core.Playbooks;

/// <summary>Finds what was published; for everybody.</summary>
public sealed class PlaybookSearch
{
    public const int MostListed = 100;

    private const int MostWords = 8;
    private const int MostChoices = 20;
    private const int MostFacets = 1_000;
    private const int FarthestOffset = 100_000;

    // Nothing sorts after it, by the bytes of UTF-8.
    private const string LastOfAll = "\U0010FFFF";

    private readonly IModelDatabase _database;

    internal PlaybookSearch(IModelDatabase database) => _database = database;

    public Task<PublishedPage> SearchAsync(PublishedQuery query, CancellationToken cancellationToken)
    {
        var choices = query.Choices.Distinct().Take(MostChoices).ToArray();
        // What no database can hold, none holds.
        if (choices.Any(choice => choice.Value.Contains('\0', StringComparison.Ordinal))) return Task.FromResult(new PublishedPage([], 0, []));

        var words = Words.Of(query.Words).OrderByDescending(word => word.Length).Take(MostWords).ToArray();
        return _database.ReadAsync(
            async (context, token) =>
            {
                var found = Find(context, query.IsCurated, words, choices);
                var total = await found.CountAsync(token).ConfigureAwait(false);
                if (total == 0) return new PublishedPage([], 0, []);

                var rows = await Order(found, query.Order).Skip(Math.Clamp(query.Offset, 0, FarthestOffset)).Take(Math.Clamp(query.Limit, 1, MostListed)).ToListAsync(token).ConfigureAwait(false);
                return new PublishedPage(await SavedPlaybookRead.ReadAsync(context, rows, token).ConfigureAwait(false), total, await CountAsync(context, found, token).ConfigureAwait(false));
            },
            cancellationToken);
    }

    // The words of published playbooks lead to them, and to no other; what else is asked for is looked up for each of these.
    private static IQueryable<SavedPlaybookRow> Find(PlaybookDbContext context, bool? isCurated, string[] words, FacetChoice[] choices)
    {
        var terms = context.Set<SavedPlaybookTermRow>();
        var first = words.FirstOrDefault() ?? "";
        var last = first.Length == 0 ? "" : first + LastOfAll;
        var leading = terms.Where(term => term.Kind == SavedPlaybookTermKind.Word && term.Value.CompareTo(first) >= 0 && term.Value.CompareTo(last) <= 0).Select(term => term.SavedPlaybookId);
        var found = context.Set<SavedPlaybookRow>().Where(row => leading.Contains(row.Id) && row.Published != null && row.Deleted == null);
        if (isCurated is { } curated) found = found.Where(row => row.IsCurated == curated);
        foreach (var word in words.Skip(1))
        {
            var end = word + LastOfAll;
            found = found.Where(row => terms.Any(term => term.SavedPlaybookId == row.Id && term.Kind == SavedPlaybookTermKind.Word && term.Value.CompareTo(word) >= 0 && term.Value.CompareTo(end) <= 0));
        }

        foreach (var choice in choices)
        {
            var (kind, value) = (KindOf(choice.Facet), choice.Value);
            found = found.Where(row => terms.Any(term => term.SavedPlaybookId == row.Id && term.Kind == kind && term.Value == value));
        }

        return found;
    }

    private static IQueryable<SavedPlaybookRow> Order(IQueryable<SavedPlaybookRow> rows, PublishedOrder order) => order == PublishedOrder.Date
        ? rows.OrderByDescending(row => row.Updated).ThenBy(row => row.Id)
        : rows.OrderByDescending(row => row.IsCurated).ThenByDescending(row => row.Clicks).ThenBy(row => row.Id);

    private static async Task<IReadOnlyList<FacetCount>> CountAsync(PlaybookDbContext context, IQueryable<SavedPlaybookRow> found, CancellationToken cancellationToken)
    {
        var ids = found.Select(row => row.Id);
        var counts = await context.Set<SavedPlaybookTermRow>()
            .Where(term => ids.Contains(term.SavedPlaybookId) && term.Kind > SavedPlaybookTermKind.Word)
            .GroupBy(term => new { term.Kind, term.Value })
            .Select(group => new { group.Key.Kind, group.Key.Value, Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Value)
            .Take(MostFacets)
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. counts.Select(count => new FacetCount(new FacetChoice(FacetOf(count.Kind), count.Value), count.Count))];
    }

    private static SavedPlaybookTermKind KindOf(PlaybookFacet facet) => facet switch
    {
        PlaybookFacet.Tag => SavedPlaybookTermKind.Tag,
        PlaybookFacet.Input => SavedPlaybookTermKind.Input,
        PlaybookFacet.Output => SavedPlaybookTermKind.Output,
        _ => SavedPlaybookTermKind.Source,
    };

    private static PlaybookFacet FacetOf(SavedPlaybookTermKind kind) => kind switch
    {
        SavedPlaybookTermKind.Tag => PlaybookFacet.Tag,
        SavedPlaybookTermKind.Input => PlaybookFacet.Input,
        SavedPlaybookTermKind.Output => PlaybookFacet.Output,
        _ => PlaybookFacet.Source,
    };
}
