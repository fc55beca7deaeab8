using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;

namespace PlaybookBuilder.Web.Api;

/// <summary>Words for what the framework refuses by itself.</summary>
internal static partial class ApiProblems
{
    /// <summary>What is wrong and what to do, where nobody said more of it.</summary>
    public static string DetailOf(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        return response.StatusCode switch
        {
            StatusCodes.Status400BadRequest => "The request can't be read. Compare it with the description of the API at /openapi.",
            StatusCodes.Status401Unauthorized => "This takes a sign-in: send a token as 'Authorization: Bearer pb_...', or sign in with a browser.",
            StatusCodes.Status403Forbidden => "You may not do this.",
            StatusCodes.Status404NotFound => $"There is no route '{request.Path}'. The description of the API at /openapi lists all of them.",
            StatusCodes.Status405MethodNotAllowed => $"'{request.Path}' does not take {request.Method}; it takes {response.Headers.Allow}.",
            StatusCodes.Status413PayloadTooLarge => "The body is longer than is taken here.",
            StatusCodes.Status415UnsupportedMediaType => $"This route does not take a body of the type '{request.ContentType}'. The description of the API at /openapi says which one it takes.",
            StatusCodes.Status500InternalServerError => "Something went wrong here. Try again; if that does not help, tell who operates this application the traceId.",
            _ => "This can't be answered.",
        };
    }

    /// <summary>What the framework could not read of a request.</summary>
    public static ProblemDetails Of(BadHttpRequestException exception)
    {
        var problem = new ProblemDetails { Status = exception.StatusCode, Detail = exception.Message };
        if (Unread().Match(exception.Message) is not { Success: true } unread) return problem;

        var (type, name, value) = (unread.Groups["type"].Value, JsonNamingPolicy.CamelCase.ConvertName(unread.Groups["name"].Value), unread.Groups["value"].Value);
        problem.Detail = $"{name}: this is to be {Describe(type)}, not '{value}'.";
        problem.Extensions["path"] = name;
        return problem;
    }

    private static string Describe(string type) =>
        type.Contains("int", StringComparison.Ordinal) ? "a whole number" : type.Contains("bool", StringComparison.Ordinal) ? "true or false" : $"a {type}";

    [GeneratedRegex("^Failed to bind parameter \"(?<type>\\S+) (?<name>\\w+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex Unread();
}
