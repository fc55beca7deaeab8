using System.Text.Json.Serialization;

namespace PlaybookBuilder.Web.Api.Drs;

/// <summary>Errors of DRS in the form of its specification, which is older than that of the rest of the API.</summary>
internal sealed class DrsProblems : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => context.HttpContext.Request.Path.StartsWithSegments(DrsApi.Root);

    public ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var response = context.HttpContext.Response;
        response.StatusCode = context.ProblemDetails.Status ?? response.StatusCode;
        return new(response.WriteAsJsonAsync(new DrsError(context.ProblemDetails.Detail ?? ApiProblems.DetailOf(context.HttpContext), response.StatusCode)));
    }

    private sealed record DrsError(string Msg, [property: JsonPropertyName("status_code")] int StatusCode);
}
