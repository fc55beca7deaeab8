namespace PlaybookBuilder.Web.Api.Admin;

/// <summary>What is answered to a suggestion.</summary>
internal sealed record AnswerBody(string? Answer);
