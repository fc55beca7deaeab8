using Microsoft.AspNetCore.Http;
using PlaybookBuilder.Core.Storage;
using PlaybookBuilder.Web.Api;

namespace PlaybookBuilder.Tests.Api;

public sealed class ApiExceptionHandlerTests
{
    [Theory]
    [InlineData(StorageErrorKind.Unavailable, true)]
    [InlineData(StorageErrorKind.Failed, false)]
    public async Task TryHandle_StorageException_IsToBeTriedAgainWhenThatHelps(StorageErrorKind kind, bool isHandled)
    {
        var (context, problems) = (new DefaultHttpContext(), new WrittenProblems());

        Assert.Equal(isHandled, await new ApiExceptionHandler(problems).TryHandleAsync(context, new StorageException(kind, "a secret place"), TestContext.Current.CancellationToken));

        Assert.Equal(isHandled ? [503] : [], problems.Statuses);
        Assert.Equal(isHandled, context.Response.Headers.RetryAfter.Count > 0);
    }

    private sealed class WrittenProblems : IProblemDetailsService
    {
        public List<int?> Statuses { get; } = [];

        public ValueTask WriteAsync(ProblemDetailsContext context)
        {
            Assert.DoesNotContain("secret", context.ProblemDetails.Detail, StringComparison.Ordinal);
            Statuses.Add(context.ProblemDetails.Status);
            return ValueTask.CompletedTask;
        }
    }
}
