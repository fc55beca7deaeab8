using Microsoft.AspNetCore.Components;
using PlaybookBuilder.Core.Playbooks;

namespace PlaybookBuilder.Web.Components.Playbooks;

/// <summary>What was published, curated and the community's together; everything that narrows it is in the address.</summary>
public sealed partial class PlaybooksPage
{
    private const int PageSize = 30;
    private const int LastPage = 1_000;

    private PublishedQuery _query = new() { Limit = PageSize };
    private PublishedPage? _page;
    private string _words = "";

    [SupplyParameterFromQuery(Name = "q")] public string? Words { get; set; }

    /// <summary>The same in links to the Playbook Workflow Builder and in the API.</summary>
    [SupplyParameterFromQuery(Name = "search")] public string? OtherWords { get; set; }

    [SupplyParameterFromQuery] public string? Kind { get; set; }

    [SupplyParameterFromQuery] public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "page")] public string? PageNumber { get; set; }

    [SupplyParameterFromQuery(Name = "input")] public string[]? Inputs { get; set; }

    [SupplyParameterFromQuery(Name = "output")] public string[]? Outputs { get; set; }

    [SupplyParameterFromQuery(Name = "source")] public string[]? Sources { get; set; }

    [SupplyParameterFromQuery(Name = "tag")] public string[]? Tags { get; set; }

    [Inject] public required PlaybookSearch Published { get; set; }

    [Inject] public required NavigationManager Navigation { get; set; }

    private bool IsNarrowed => _query.Words.Length > 0 || _query.Choices.Count > 0 || _query.IsCurated is not null;

    private bool IsCommunity => Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0] == AppUrls.CommunityPlaybooks;

    protected override async Task OnParametersSetAsync()
    {
        var query = new PublishedQuery
        {
            Words = Words ?? OtherWords ?? "",
            IsCurated = Kind switch { "curated" => true, "community" => false, _ => IsCommunity ? false : null },
            Choices = [.. Of(PlaybookFacet.Input, Inputs), .. Of(PlaybookFacet.Output, Outputs), .. Of(PlaybookFacet.Source, Sources), .. Of(PlaybookFacet.Tag, Tags)],
            Order = Sort == "date" ? PublishedOrder.Date : PublishedOrder.Clicks,
            Offset = int.TryParse(PageNumber, out var number) ? PageSize * (Math.Clamp(number, 1, LastPage) - 1) : 0,
            Limit = PageSize,
        };
        _query = query;
        _words = query.Words;
        var page = await Published.SearchAsync(query, CancellationToken.None);
        // Something else may be looked for meanwhile.
        if (ReferenceEquals(_query, query)) _page = page;
    }

    private static IEnumerable<FacetChoice> Of(PlaybookFacet facet, string[]? values) => (values ?? []).Select(value => new FacetChoice(facet, value));

    private static string UrlOf(PublishedQuery query) => AppUrls.PlaybooksFound(query with { Offset = 0 });

    private void Search(string? words)
    {
        _words = words ?? "";
        Navigation.NavigateTo(UrlOf(_query with { Words = _words }), replace: true);
    }
}
