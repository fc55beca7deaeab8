using PlaybookBuilder.Core.Playbooks;
using PlaybookBuilder.Web.Api.OpenApi;

namespace PlaybookBuilder.Web.Api;

/// <summary>Published playbooks, for everybody.</summary>
internal static class PublishedPlaybooksApi
{
    private const string Narrowing = "Narrowed by `search` (beginnings of words) and by `inputs`, `outputs`, `dataSources` and `tags`, each a list separated by commas; all of it must fit. `sort` is `clicks` or `date`; `skip` and `limit` (100 at most) page.";

    public static void MapPublishedPlaybooks(this IEndpointRouteBuilder api)
    {
        api.MapGet("/playbooks", (HttpContext context, PlaybookSearch search, [AsParameters] Query query) => AnswerAsync(context, search, query, isCurated: true))
            .Describe(new("Curated playbooks", Narrowing) { Gives = ApiSchemas.PublishedPlaybooks, Refuses = [StatusCodes.Status400BadRequest] });
        api.MapGet("/user/playbooks", (HttpContext context, PlaybookSearch search, [AsParameters] Query query) => AnswerAsync(context, search, query, isCurated: false))
            .Describe(new("Playbooks of the community", Narrowing) { Gives = ApiSchemas.PublishedPlaybooks, Refuses = [StatusCodes.Status400BadRequest] });
    }

    private static async Task AnswerAsync(HttpContext context, PlaybookSearch search, Query query, bool isCurated)
    {
        var order = query.Sort switch
        {
            null or "clicks" => PublishedOrder.Clicks,
            "date" => PublishedOrder.Date,
            _ => throw new ApiRefusal(StatusCodes.Status400BadRequest, "sort is clicks or date."),
        };
        var page = await search.SearchAsync(
            new PublishedQuery
            {
                Words = query.Search ?? "",
                IsCurated = isCurated,
                Choices = [.. Of(PlaybookFacet.Input, query.Inputs), .. Of(PlaybookFacet.Output, query.Outputs), .. Of(PlaybookFacet.Source, query.DataSources), .. Of(PlaybookFacet.Tag, query.Tags)],
                Order = order,
                Offset = ApiPages.Skip(query.Skip),
                Limit = ApiPages.Limit(query.Limit, PlaybookSearch.MostListed),
            },
            context.RequestAborted);
        await JsonAnswer.WriteAsync(context, page.Playbooks, static (writer, playbooks) => SavedPlaybookJson.WriteList(writer, playbooks, SavedPlaybookJson.WritePublished));
    }

    private static IEnumerable<FacetChoice> Of(PlaybookFacet facet, string? list) => SpecList.Split(list ?? "").Select(value => new FacetChoice(facet, value));

    private sealed record Query(string? Search, string? Inputs, string? Outputs, string? DataSources, string? Tags, string? Sort, int? Skip, int? Limit);
}
