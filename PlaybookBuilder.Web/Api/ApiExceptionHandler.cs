using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using PlaybookBuilder.Core.Accounts;
using PlaybookBuilder.Core.Cavatica.Accounts;
using PlaybookBuilder.Core.Database;
using PlaybookBuilder.Core.Files;
using PlaybookBuilder.Core.Files.Fetching;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Core.Workflows;

namespace PlaybookBuilder.Web.Api;

/// <summary>Answers what can't be met with problem details (RFC 9457); anything unforeseen is left to the framework, which tells no details.</summary>
internal sealed class ApiExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    private const string SecondsToRetryAfter = "5";

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (ToProblem(exception) is not { Status: { } status } problem) return false;

        httpContext.Response.StatusCode = status;
        if (status == StatusCodes.Status401Unauthorized) httpContext.Response.Headers.WWWAuthenticate = "Bearer";
        if (status == StatusCodes.Status503ServiceUnavailable) httpContext.Response.Headers.RetryAfter = SecondsToRetryAfter;
        await problems.WriteAsync(new ProblemDetailsContext { HttpContext = httpContext, ProblemDetails = problem });
        return true;
    }

    public static int ToStatus(AccessProblem problem) => problem switch
    {
        AccessProblem.NotSignedIn => StatusCodes.Status401Unauthorized,
        AccessProblem.Forbidden => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status404NotFound,
    };

    private static ProblemDetails? ToProblem(Exception exception) => exception switch
    {
        WorkflowException { Problem: WorkflowProblem.NotFound } => new ProblemDetails { Status = StatusCodes.Status404NotFound, Detail = exception.Message },
        WorkflowException { Path: { } path } => new ProblemDetails { Status = StatusCodes.Status400BadRequest, Detail = exception.Message, Extensions = { ["path"] = path } },
        WorkflowException => new ProblemDetails { Status = StatusCodes.Status400BadRequest, Detail = exception.Message },
        AccessException access => new ProblemDetails { Status = ToStatus(access.Problem), Detail = access.Message },
        CavaticaAccountException account => new ProblemDetails { Status = CavaticaAccountApi.ToStatus(account.Problem), Detail = account.Message },
        FetchException fetch => new ProblemDetails { Status = FileFetchApi.ToStatus(fetch.Problem), Detail = fetch.Message },
        UploadRefusedException => new ProblemDetails { Status = StatusCodes.Status413PayloadTooLarge, Detail = exception.Message },
        ApiRefusal refusal => new ProblemDetails { Status = refusal.Status, Detail = refusal.Message },
        BadHttpRequestException bad => ApiProblems.Of(bad),
        DatabaseUnavailableException => new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Detail = "The database does not answer. Try again in a moment." },
        StorageException { Kind: StorageErrorKind.Damaged } => new ProblemDetails { Status = StatusCodes.Status500InternalServerError, Detail = exception.Message },
        StorageException { IsRetryable: true } => new ProblemDetails { Status = StatusCodes.Status503ServiceUnavailable, Detail = "Where the files are kept does not answer, or the file was deleted while it came in. Try again in a moment." },
        _ => null,
    };
}

/// <summary>A request that is well formed and still can't be met. The message is for the person who made it.</summary>
internal sealed class ApiRefusal(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>What Core refuses about what was entered, it says to whoever entered it.</summary>
    public static async Task<T> OfArgumentsAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ArgumentException exception)
        {
            throw new ApiRefusal(StatusCodes.Status400BadRequest, exception.Message);
        }
    }
}
