using Microsoft.AspNetCore.Antiforgery;

namespace PlaybookBuilder.Web.Authentication;

/// <summary>Marks what only a form of our own pages may post: it has to carry their antiforgery token.</summary>
internal sealed class FormsOnly : IAntiforgeryMetadata
{
    private FormsOnly()
    {
    }

    public bool RequiresValidation => true;

    public static RouteGroupBuilder MapForms(IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").ExcludeFromDescription().WithMetadata(new FormsOnly());
        forms.AddEndpointFilter(static async (context, next) =>
            context.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } && context.HttpContext.Request.HasFormContentType
                ? await next(context)
                : TypedResults.Problem("This was not sent by a page of this application, or by one that was open for very long. Reload the page and try again.", statusCode: StatusCodes.Status400BadRequest));
        return forms;
    }
}
