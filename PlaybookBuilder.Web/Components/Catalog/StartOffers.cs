using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Catalog;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Components.Catalog;

/// <summary>What starts a playbook, in order and with its facets: the same for everybody, so it is found once.</summary>
public sealed class StartOffers(ComponentCatalog catalog)
{
    private readonly Lazy<Offers> _all = new(() => Offers.Narrow(NextSteps.Of(catalog, Playbook.Empty, []), "", new HashSet<Tag>()));
    private string? _cards;

    public Offers All => _all.Value;

    /// <summary>The cards of all of them, for a page that is only fetched: it costs nothing to compose again.</summary>
    public MarkupString Cards => new(_cards ??= string.Concat(All.Matching.Select(next => $"<li>{ComponentCard.Unarmed(next.Type)}</li>")));
}

/// <summary>What can come next, as it is offered.</summary>
/// <param name="Matching">What fits the words and the chosen tags, in the order in which it is offered.</param>
public sealed record Offers(IReadOnlyList<NextStep> Everything, IReadOnlyList<NextStep> Matching, IReadOnlyList<Facet> Facets)
{
    public static Offers Narrow(IReadOnlyList<NextStep> everything, string words, IReadOnlySet<Tag> chosen)
    {
        var found = ComponentSearch.Order(everything, words);
        return new Offers(
            everything,
            [.. found.Where(next => Core.Catalog.Facets.Matches(next.Type, chosen)).OrderByDescending(next => next.IsSatisfiable)],
            Core.Catalog.Facets.Of([.. everything.Select(next => next.Type)], chosen));
    }
}
